"""Quotas that hold across worker processes: rows raised with F(), never a refusal of their own."""
