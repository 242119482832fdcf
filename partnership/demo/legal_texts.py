"""Imprint and privacy notice of the Leipzig demo: plausible, invented, and marked as both."""

IMPRINT = """
Demo: Alle Anschriften, Telefonnummern und E-Mail-Adressen auf dieser Seite sind erfunden.

Anbieter

Sicherheitspartnerschaft Leipzig, ein gemeinsames Angebot von IHK zu Leipzig, Handwerkskammer zu Leipzig \
und Polizeidirektion Leipzig. Die Partnerschaft ist keine eigene Rechtsperson; jede Stelle verantwortet \
ihren Teil.

IHK zu Leipzig, Demostraße 1, 04109 Leipzig
Körperschaft des öffentlichen Rechts, vertreten durch Präsidium und Hauptgeschäftsführung
Telefon 0341 000-1200, ihk@partnerschaft-demo.example

Handwerkskammer zu Leipzig, Demostraße 11, 04103 Leipzig
Körperschaft des öffentlichen Rechts, vertreten durch Präsidium und Hauptgeschäftsführung
Telefon 0341 000-3400, hwk@partnerschaft-demo.example

Polizeidirektion Leipzig, Demostraße 20, 04107 Leipzig
Behörde des Freistaates Sachsen, vertreten durch ihre Leitung
Telefon 0341 000-5600, polizei@partnerschaft-demo.example

Aufsicht

Über beide Kammern führt das Sächsische Staatsministerium für Wirtschaft, Arbeit, Energie und Klimaschutz \
die Rechtsaufsicht, über die Polizeidirektion das Sächsische Staatsministerium des Innern.

Verantwortlich für den Inhalt

Kristin Immergrün, Koordination der Partnerschaft, Demostraße 1, 04109 Leipzig

Quellen

Lage der Gemeinden: © GeoBasis-DE / BKG (2019), Daten verändert. \
Gemeindeverzeichnis: Statistisches Bundesamt (Destatis), dl-de/by-2-0.
"""

PRIVACY_NOTICE = """
Demo: Bitte geben Sie hier keine echten Angaben ein. So könnten die Hinweise nach Artikel 13 der \
Datenschutz-Grundverordnung (DSGVO) lauten.

Wer verantwortlich ist

Für Ihre Buchung und Ihre Kontaktdaten ist die Kammer verantwortlich, in deren Haus das Gespräch \
stattfindet. Für das, was Sie der Polizei anvertrauen (Thema, Anliegen, Ergebnis), ist die Polizeidirektion \
Leipzig verantwortlich. Die Anschriften stehen im Impressum.

Datenschutzbeauftragte

IHK zu Leipzig: datenschutz-ihk@partnerschaft-demo.example
Handwerkskammer zu Leipzig: datenschutz-hwk@partnerschaft-demo.example
Polizeidirektion Leipzig: datenschutz-polizei@partnerschaft-demo.example

Dienstleister

Unsere E-Mails versendet ein Dienstleister, der an unsere Weisungen gebunden ist. Wir geben nichts in Länder \
außerhalb der Europäischen Union weiter.
"""
