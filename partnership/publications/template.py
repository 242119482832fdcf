"""The text that a partnership may begin with: burglary protection for business premises, in our own words.

Which of its sentences want an expert's eye before a partnership releases them: docs/decisions/0021-….
"""

TITLE = "Sicher im Betrieb"
SUBTITLE = "Einbruchschutz für Werkstatt, Laden, Büro und Lager"

CHAPTERS: list[dict[str, str]] = [
    {
        "title": "Erst der Plan, dann das Schloss",
        "picture": "plan",
        "text": """
Guter Einbruchschutz besteht selten aus einem einzelnen teuren Teil. Er entsteht, wenn Türen und Fenster, Alarmanlage, \
Abläufe und Menschen zusammenpassen. Eine Stelle, die alle vergessen haben, macht den Rest wertlos.

**Mechanik kommt zuerst.** Eine stabile Tür hält jemanden auf. Eine Alarmanlage meldet, dass jemand da ist. Beides \
zusammen wirkt: Wer gemeldet wird und trotzdem nicht hineinkommt, gibt meist auf.

## So gehen Sie vor

- Gehen Sie einmal um Ihr Gelände, am besten im Dunkeln. Wo würden Sie selbst einsteigen?
- Schreiben Sie auf, was Ihnen am meisten fehlen würde: Werkzeug, Ware, Bargeld, Daten, ein Fahrzeug. Diese \
Schwerpunkte sichern Sie stärker als den Rest.
- Sehen Sie in Ihren Versicherungsvertrag. Oft stehen dort Auflagen, die Sie erfüllen müssen.
- Lassen Sie sich beraten, **bevor** Sie bauen, umbauen oder bestellen. Die Polizei berät kostenfrei und nennt keine \
Hersteller.

## Was das bringt

Die meisten Täterinnen und Täter suchen eine schnelle Gelegenheit. Jede Minute, die ein Bauteil standhält, und jedes \
Geräusch, das dabei entsteht, spricht gegen den Versuch. Sie müssen Ihr Gebäude nicht zur Festung machen. Es genügt oft, \
dass es nirgends leicht geht.
""",
        "standards": """
VdS 2333: Richtlinie der Versicherer, die Betriebe in Sicherungsklassen einteilt. Ob und welche für Sie gilt, sagt Ihr \
Versicherer.
""",
    },
    {
        "title": "Rund um das Gebäude",
        "picture": "yard",
        "text": """
Der Weg zu Ihrer Tür beginnt an der Grundstücksgrenze. Hier entscheidet sich, ob jemand ungestört arbeiten kann.

## Zaun und Tor

Ein Zaun zeigt, wo Ihr Gelände beginnt, und macht das Wegtragen schwer. Er hilft nur, wenn er ringsum geschlossen ist, \
fest steht und das Tor nicht schwächer ist als der Zaun daneben.

## Licht und Sicht

- Beleuchten Sie Eingänge, Hof und Lagerflächen. Leuchten mit Bewegungsmelder fallen auf, wenn sie angehen.
- Schalter und Sicherungen für das Außenlicht gehören nach innen.
- Schneiden Sie Hecken vor Türen und Fenstern niedrig. Niemand soll sich dahinter verstecken können.

## Nichts, was beim Klettern hilft

Paletten, Container, Mülltonnen, Leitern und Regenrohre sind Treppen für andere. Räumen Sie weg, was sich bewegen lässt, \
und schließen Sie Leitern an. Was stehen bleiben muss, steht mit Abstand zur Wand.

## Prüfen Sie selbst

- Ist der Zaun ringsum geschlossen, auch hinten?
- Brennt das Licht an jedem Eingang?
- Kommt man von außen auf ein Dach oder einen Balkon?
""",
        "standards": "",
    },
    {
        "title": "Wände und Dach",
        "picture": "walls",
        "text": """
Eine sehr gute Tür nützt wenig in einer Wand, die sich mit einfachem Werkzeug öffnen lässt. Wände, Decken, Böden und Dach \
sollen etwa so viel aushalten wie die Türen und Fenster darin.

Sehen Sie genau hin bei Leichtbauwänden, Blechfassaden, Trennwänden zu Nachbarn und bei Anbauten, die später \
dazugekommen sind. Auch ein Flachdach mit einfacher Deckung oder eine Lichtkuppel ist ein Weg hinein.

**Planen Sie einen Umbau?** Sagen Sie früh, welche Klasse die Türen haben sollen. Dann lässt sich die Wand dazu passend \
ausführen. Nachträglich ist das teuer.

- Stärken Sie leichte Wände dort, wo Ihre Schwerpunkte dahinterliegen.
- Sichern Sie Dachausstieg, Lichtkuppel und Oberlicht wie ein Fenster im Erdgeschoss.
- Verschließen Sie Öffnungen für Kabel und Lüftung, durch die ein Mensch passt.
""",
        "standards": """
DIN EN 1627: ordnet jeder Widerstandsklasse von Türen und Fenstern zu, in welche Wand sie gehören. Ein Fachbetrieb \
liest das für Sie nach.
""",
    },
    {
        "title": "Türen",
        "picture": "door",
        "text": """
Türen sind der häufigste Gedanke beim Einbruchschutz, und zu Recht. Es kommt auf die ganze Tür an: Blatt, Rahmen, Schloss, \
Zylinder, Beschlag und Wand.

## Neue Türen

Bestellen Sie eine geprüfte Tür mit Nachweis. Die Polizei empfiehlt mindestens die Klasse **RC 2**. Lassen Sie sich nach \
dem Einbau bescheinigen, dass nach Anleitung montiert wurde.

## Vorhandene Türen nachrüsten

- **Zylinder** mit Schutz gegen Aufbohren und Herausziehen. Er soll außen nicht vorstehen.
- **Schutzbeschlag**, der den Zylinder abdeckt und von außen nicht abzuschrauben ist.
- **Einsteckschloss**, das zur Klasse der Tür passt, und ein langes Schließblech, das tief im Mauerwerk sitzt.
- **Bandseite**: Auch an den Scharnieren lässt sich hebeln. Sicherungen dafür gibt es zum Nachrüsten.
- **Zusatzschlösser**, Querriegel oder Kastenschlösser, wenn eine Tür bleiben muss, wie sie ist.

## Besondere Türen

Glas- und Automatiktüren brauchen nach Feierabend einen mechanischen Riegel; die Elektrik allein genügt nicht. Ein \
elektrischer Türöffner hält tagsüber zu, ist aber kein Verschluss für die Nacht.

**Rettungswege bleiben frei.** Aus einem Fluchtweg muss jeder ohne Schlüssel hinauskommen, solange jemand im Haus ist. \
Das geht vor. Es gibt Beschläge, die von innen immer öffnen und von außen sichern.
""",
        "standards": """
DIN EN 1627, RC 2: hält jemanden mit einfachem Werkzeug, etwa Schraubendreher, Zange und Keil, drei Minuten auf.
DIN EN 1627, RC 3: hält fünf Minuten stand, auch gegen einen zweiten Schraubendreher und einen Kuhfuß.
DIN EN 1627, RC 4: hält zehn Minuten stand, auch gegen Säge, Schlagwerkzeug und Akkubohrer.
DIN 18252, DIN EN 1303: Schließzylinder. BZ steht für Schutz gegen Bohren und Ziehen. BS schützt nur gegen Bohren; \
dann muss der Beschlag gegen Ziehen schützen.
DIN 18257: Schutzbeschläge. ES 1 passt zu RC 2, ES 2 zu RC 3, ES 3 zu RC 4. ES 0 genügt nicht.
DIN 18251: Einsteckschlösser. Klasse 4 passt zu RC 2 und RC 3, Klasse 5 zu RC 4.
DIN 18104: geprüfte Teile zum Nachrüsten. Teil 1 wird aufgeschraubt, Teil 2 sitzt im Falz.
DIN EN 179, DIN EN 1125: Verschlüsse für Notausgänge und Paniktüren; dazu gehört die Arbeitsstättenregel ASR A2.3.
""",
    },
    {
        "title": "Tore",
        "picture": "",
        "text": """
Rolltore, Sektionaltore und Schiebetore sind groß, leicht und oft die schwächste Stelle einer Werkstatt. Ein Antrieb \
allein ist kein Schloss.

- Sichern Sie Rolltore gegen **Hochschieben**, mit Riegeln, die beidseitig in die Laufschiene greifen.
- Verschließen Sie Sektionaltore zusätzlich von innen, und nehmen Sie den Antrieb nachts vom Strom, wenn das geht.
- Die Notentriegelung darf sich nicht von außen mit einem Draht ziehen lassen.
- Sichern Sie die Schlupftür im Tor wie eine Außentür.
- Handsender gehören nicht in Fahrzeuge, die draußen stehen.

**Fragen Sie nach dem Nachweis.** Die Klassen für Türen und Fenster gelten nicht ohne Weiteres für Tore. Lassen Sie sich \
schriftlich geben, wie die Einbruchhemmung Ihres Tores geprüft wurde.
""",
        "standards": """
DIN EN 1627: Seit der Ausgabe von 2011 umfasst sie Tore nicht mehr. Eine Prüfung in Anlehnung an sie ist möglich; \
verlangen Sie den Prüfbericht.
""",
    },
    {
        "title": "Fenster und Schaufenster",
        "picture": "window",
        "text": """
Alles, was sich vom Boden, von einem Anbau oder mit einer Leiter erreichen lässt, zählt wie das Erdgeschoss. Die meisten \
Fenster werden nicht eingeschlagen, sondern aufgehebelt.

## Rahmen und Beschlag

- Neue Fenster: geprüfte einbruchhemmende Elemente, mindestens RC 2. Wo das Glas kaum angegriffen werden kann, kann \
RC 2 N genügen. Lassen Sie sich dazu beraten.
- Vorhandene Fenster: rundum Pilzköpfe, dazu ein abschließbarer Griff. Der Schlüssel steckt nicht.
- Ein gekipptes Fenster ist ein offenes Fenster.

## Keller, Dach und Gitter

Kellerfenster und Lichtschächte bekommen ein Gitter und eine Rostsicherung. Lichtkuppeln und Oberlichter werden oft \
vergessen. Gitter sollen geprüft und so verankert sein, dass sich außen keine Schraube lösen lässt. Rollläden und \
Scherengitter brauchen eine Sicherung gegen Hochschieben.

## Schaufenster

Räumen Sie wertvolle Ware nachts aus der Auslage, oder wählen Sie Glas, das dem Angriff lange genug standhält. Wo ein \
Fahrzeug heranfahren kann, helfen Poller oder schwere, fest verbundene Hindernisse. Sprechen Sie sie mit der Gemeinde ab, \
wenn sie auf dem Gehweg stehen sollen.
""",
        "standards": """
DIN EN 1627, RC 2 N: wie RC 2, aber ohne Anforderung an das Glas.
DIN EN 1627, Gitter: DIN 18106 ist in ihr aufgegangen; die Klassen sind dieselben.
DIN EN 356, P4A: Glas zu RC 2. Es hält eine Stahlkugel von gut vier Kilogramm auf, die dreimal aus neun Metern fällt.
DIN EN 356, P5A: Glas zu RC 3. Es hält neun solche Treffer aus.
DIN EN 356, P6B bis P8B: Glas zu RC 4 bis RC 6. Geprüft wird mit der Axt: 30 bis 50, 51 bis 70, über 70 Schläge.
DIN SPEC 91414, ISO 22343: Poller und Sperren gegen Fahrzeuge.
""",
    },
    {
        "title": "Werte, Werkzeug und Daten",
        "picture": "safe",
        "text": """
Was nicht da ist oder sich nicht verkaufen lässt, lohnt den Einbruch nicht.

## Bargeld und Wertsachen

- Halten Sie wenig Bargeld im Haus. Leeren Sie die Kasse, und lassen Sie sie nachts sichtbar offen stehen.
- Ein Wertschutzschrank nützt nur, wenn sein Grad zum Wert passt. Fragen Sie Ihren Versicherer, bis zu welcher Summe er \
gilt.
- Schränke unter 1.000 Kilogramm müssen verankert sein, so wie es die Anleitung verlangt. Sonst gehen sie als Ganzes mit.
- Ersetzen Sie alte Schränke der Stufen A und B. Das Normblatt dazu ist seit Ende 2003 zurückgezogen.

## Werkzeug und Maschinen

- Kennzeichnen Sie, was teuer und tragbar ist, und notieren Sie Seriennummern. Machen Sie Fotos. Gekennzeichnetes Gut \
lässt sich zuordnen und schlechter verkaufen.
- Über Nacht bleibt kein Werkzeug im Fahrzeug.
- Auf der Baustelle: Container mit geschütztem Schloss, Tür an Tür oder an die Wand gestellt.

## Daten

Server und Sicherungskopien gehören in einen verschlossenen Raum, eine Kopie außer Haus. Ein gestohlener Rechner ist \
ersetzbar, die Auftragsdaten darauf sind es vielleicht nicht. Verschlüsseln Sie tragbare Geräte.
""",
        "standards": """
DIN EN 1143-1: Wertschutzschränke und Räume in Graden, 0 oder N bis VI für Schränke, bis XIII für Räume. Je höher der \
Grad, desto länger dauert der Angriff.
DIN EN 14450, S1 und S2: Sicherheitsschränke für kleinere Werte, darunter.
VDMA 24992, Stufen A und B: zurückgezogen. Solche Schränke sollten Sie ersetzen.
""",
    },
    {
        "title": "Alarmanlagen",
        "picture": "alarm",
        "text": """
Eine Einbruchmeldeanlage ersetzt kein Schloss. Sie verkürzt die Zeit, in der jemand ungestört ist.

## Vor dem Kauf klären

- **Was** soll überwacht werden: die Außenhaut mit Türen und Fenstern, Räume und Wege dahinter oder einzelne Schwerpunkte \
wie der Tresor?
- **Wer** wird gerufen: Ihr Telefon, ein Wachdienst, eine ständig besetzte Stelle? Ein Anschluss an die Polizei ist nur \
in besonderen Fällen vorgesehen.
- **Was** geschieht dann? Vereinbaren Sie, wer kommt, wer Schlüssel hat und wer entscheidet.

## Planung und Einbau

Lassen Sie die Anlage von einem Fachbetrieb planen, einbauen und warten. Die Landeskriminalämter führen Listen von \
Betrieben, die sich dafür auf gemeinsame Regeln verpflichtet haben. Grad oder Klasse der Anlage sollen zum Risiko passen. \
Fragen Sie zuerst Ihren Versicherer.

Eine gute Anlage lässt sich nur scharf schalten, wenn alles geschlossen ist. Das vermeidet Fehlalarme, und Fehlalarme \
sind der häufigste Grund, warum niemand mehr hinhört.

## Überfall

Wo Bargeld oder teure Ware über den Tisch geht, gehört ein Überfalltaster dazu, der still auslöst. Üben Sie einmal im Jahr, \
was dann zu tun ist: nicht den Helden spielen, Leben geht vor.
""",
        "standards": """
DIN EN 50131: Einbruchmeldeanlagen in den Graden 1 bis 4, vom geringen bis zum hohen Risiko.
VdS 2311: Klassen A, B und C der Versicherer. Sie lassen sich nicht einfach mit den Graden gleichsetzen.
DIN VDE 0833-1 und -3: wie Gefahrenmeldeanlagen geplant, eingebaut und betrieben werden.
DIN EN 50518, VdS 3138, DIN VDE V 0827-11: Anforderungen an die ständig besetzte Stelle, die Ihren Alarm annimmt.
VdS 2172, DIN 77200: Anforderungen an den Dienst, der dann ausrückt.
DGUV Vorschrift 25: Schutz vor Überfällen; ob sie für Sie gilt, sagt Ihre Berufsgenossenschaft.
""",
    },
    {
        "title": "Kameras",
        "picture": "camera",
        "text": """
Kameras halten niemanden auf. Sie helfen, einen Alarm zu prüfen und eine Tat aufzuklären. Entscheiden Sie zuerst, wozu \
eine Kamera da ist; daraus folgt, wo sie hängt und was sie zeigen muss.

## Was Sie regeln müssen

- Ein berechtigter Zweck, schriftlich festgehalten.
- Nur der eigene Grund: keine Gehwege, keine Nachbarn, keine Pausenräume.
- Ein Schild, das vor dem Bereich sagt, wer aufnimmt, wozu und wo man mehr erfährt.
- Eine kurze Speicherdauer. In der Regel genügen 72 Stunden.
- Ein fester Kreis von Menschen, die Aufnahmen ansehen dürfen. Sprechen Sie mit Betriebsrat und Beschäftigten.

Fragen Sie bei Zweifeln Ihre Datenschutzbeauftragte oder Ihren Datenschutzbeauftragten.
""",
        "standards": """
DIN EN 62676: Videoüberwachung; beschreibt unter anderem, wie groß jemand im Bild sein muss, damit man ihn erkennt.
DSGVO, Artikel 6 und 13: wann Sie aufnehmen dürfen und was Sie den Aufgenommenen sagen müssen.
""",
    },
    {
        "title": "Eingang und Besuch",
        "picture": "access",
        "text": """
Viele Diebstähle geschehen am Tag, durch eine offene Tür und mit einem freundlichen Gruß.

- Legen Sie fest, welche Türen tagsüber offen sind. Alle anderen sind zu, auch die zur Raucherecke.
- Besuch meldet sich an, wird abgeholt und wieder hinausgebracht. Das gilt auch für Handwerk und Lieferung.
- Trennen Sie den Bereich für Kundschaft von Lager, Büro und Serverraum.
- Elektronische Zutrittskontrolle lohnt sich, wo viele Menschen wechselnde Rechte haben. Ein verlorener Ausweis ist in \
einer Minute gesperrt, ein verlorener Schlüssel nicht.
""",
        "standards": """
DIN EN 60839-11: elektronische Anlagen für die Zutrittskontrolle.
""",
    },
    {
        "title": "Schlüssel",
        "picture": "key",
        "text": """
Wer einen Schlüssel hat, braucht kein Werkzeug. Deshalb muss jederzeit klar sein, wer welchen hat.

- Führen Sie einen Schließplan und eine Liste der Ausgaben, mit Unterschrift.
- Wer ausscheidet, gibt zurück, am letzten Tag und gegen Quittung.
- Ein verlorener Schlüssel wird sofort gemeldet. Legen Sie vorher fest, wann Zylinder getauscht werden.
- Kein Versteck draußen: Blumentopf, Dachrinne und Stromkasten kennt jeder.
- Der Schlüssel zum Tresor bleibt nicht im Betrieb. Bei Zahlenschlössern wechseln Sie die Zahl, wenn jemand geht.
- Bewahren Sie Ersatzschlüssel in einem Schrank auf, der den gleichen Schutz bietet wie die Türen, die sie öffnen.
""",
        "standards": "",
    },
    {
        "title": "Gewohnheiten, die nichts kosten",
        "picture": "round",
        "text": """
Technik hilft nur, wenn sie benutzt wird. Das Wichtigste ist, dass jemand zuständig ist.

## Die Schließrunde

**Zuziehen ist nicht abschließen.** Bestimmen Sie für jeden Tag, wer zuletzt durch das Haus geht, auch vor kurzen Pausen \
ohne Aufsicht. Eine Liste an der Tür reicht: Fenster, Tore, Licht, Kasse, Alarmanlage.

## Ferien und dunkle Monate

Dann wird am häufigsten eingebrochen. Lassen Sie Post abholen, Licht zu wechselnden Zeiten brennen und wertvolle Bestände \
anderswo lagern. Sagen Sie nicht im Netz, dass der Betrieb leer steht.

## Zusammenhalten

- Tauschen Sie mit Nachbarbetrieben Telefonnummern für die Nacht.
- Halten Sie eine Liste von Menschen bereit, die auch am Sonntag erreichbar sind.
- Weisen Sie neue Beschäftigte ein. Begleiten Sie Fremdfirmen.
- Führen Sie ein Verzeichnis Ihrer Geräte mit Seriennummern, und bewahren Sie eine Kopie außer Haus auf.
""",
        "standards": "",
    },
    {
        "title": "Wenn doch eingebrochen wurde",
        "picture": "afterwards",
        "text": """
## Sofort

- Rufen Sie **110**. Gehen Sie nicht hinein, wenn noch jemand da sein könnte.
- Verändern Sie nichts, bis die Polizei da war, auch wenn Sie aufräumen möchten.
- Machen Sie Fotos von dem, was Sie sehen, ohne etwas anzufassen.

## Danach

- Schreiben Sie eine Schadensliste mit Seriennummern, und geben Sie sie Polizei und Versicherung.
- Sperren Sie Karten und Zugänge. Lassen Sie Schlösser tauschen, wenn Schlüssel fehlen.
- Lassen Sie die Einbruchstelle so sichern, dass derselbe Weg nicht noch einmal geht. Manche Täter kommen wieder.
- Fragen Sie nach einer Beratung vor Ort. Nach einem Einbruch kommt jemand besonders bald.

## Für die Menschen

Ein Einbruch beschäftigt viele länger, als sie zeigen. Sprechen Sie im Team darüber. Opferhilfen beraten kostenfrei und \
vertraulich, auch Betriebe und Beschäftigte.
""",
        "standards": "",
    },
]
"""Texts end and begin without blank lines once `chapters_to_begin_with` has read them."""


def chapters_to_begin_with() -> list[dict[str, str]]:
    return [{name: value.strip() for name, value in chapter.items()} for chapter in CHAPTERS]
