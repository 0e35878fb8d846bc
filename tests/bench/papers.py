"""How many certificates one process prints in a second."""

import time
from dataclasses import replace
from datetime import date

from certificates.paper.layout import Line, SheetData, Signatory
from certificates.paper.pdf import certificate_pdf

SHEET = SheetData(
    organisation="Yayasan Lontar Raya",
    group="Kelompok Perempuan Air Lontar",
    name="Melati Kusambi",
    standard="Pendamping 2026",
    topics=tuple(Line(f"Materi {number}", 300) for number in range(1, 9)),
    practice=(Line("Magang", 3600),),
    valid_from=date(2026, 11, 12),
    expires_on=date(2029, 11, 11),
    signatories=(Signatory("Soka Ampupu", "Koordinator"), Signatory("Anggrek Bidara", "Pelatih")),
    code="7K4MQ2XD9RPT5WZ",
    number="2026-0001",
    address="HTTPS://LOPO.EXAMPLE/V/" + "A" * 284,
    check_at="lopo.example/v",
)


def per_second(count: int = 60) -> float:
    certificate_pdf(SHEET)
    begun = time.perf_counter()
    for number in range(count):  # each sheet another one: the typesetter remembers what it has drawn
        address = f"HTTPS://LOPO.EXAMPLE/V/{number:04}" + "A" * 280
        certificate_pdf(replace(SHEET, name=f"Melati Kusambi {number}", code=f"{number:015}", address=address))
    return count / (time.perf_counter() - begun)
