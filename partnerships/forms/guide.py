"""Four questions that lead to a basis and a way of working. Nothing is stored."""

from __future__ import annotations

from typing import NamedTuple

from django import forms

from groups.models import Mode
from partnerships.models import Basis


class Advice(NamedTuple):
    basis: Basis
    mode: Mode
    reasons: list[str]


YES_NO = [("ya", "Ya"), ("tidak", "Tidak")]


def question(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": "Pilih ya atau tidak."},
    )


class GuideForm(forms.Form):
    has_rule = question("Adakah peraturan atau kebijakan yang mewajibkan kerja sama ini?")
    has_experience = question("Sudahkah salah satu pihak berpengalaman dan dapat menunjukkan hasilnya?")
    has_internet = question("Apakah sebagian besar warga terbiasa memakai internet?")
    wants_meeting = question("Apakah warga lebih nyaman bertemu langsung?")

    def advice(self) -> Advice:
        """A rule first (it binds), then experience (it is trusted), else meeting face to face (it builds both)."""
        yes = {name for name, value in self.cleaned_data.items() if value == "ya"}
        reasons = []
        if "has_rule" in yes:
            basis = Basis.REGULATION
            reasons.append("Ada peraturannya, jadi kewajiban setiap pihak sudah jelas.")
        elif "has_experience" in yes:
            basis = Basis.EXPERIENCE
            reasons.append("Ada pengalaman yang dapat dibuktikan, jadi kepercayaan sudah terbangun.")
        else:
            basis = Basis.ANALOG
            reasons.append("Belum ada peraturan atau rekam jejak. Mulailah dengan bertemu, supaya saling kenal.")
        if "has_internet" not in yes:
            return Advice(basis, Mode.ANALOG, [*reasons, "Internet belum menjangkau semua. Pakai pertemuan dan papan."])
        if "wants_meeting" in yes:
            return Advice(basis, Mode.HYBRID, [*reasons, "Warga memakai internet dan suka bertemu. Pakai keduanya."])
        return Advice(basis, Mode.DIGITAL, [*reasons, "Warga terbiasa memakai internet. Kabar digital lebih cepat."])
