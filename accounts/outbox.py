"""Outgoing mail: a row in the transaction of the action that causes it, sent later by the worker."""
