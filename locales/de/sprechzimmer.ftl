# Every word a person reads, German. Adults are addressed with "Sie", pupils with "du" ($form).
# A section belongs to one page; ids begin with its name.

### Frame

frame-skip = Zum Inhalt
frame-languages = Sprache
frame-back = Zurück
frame-more = Mehr dazu
frame-foot = Vertraulich: Was hier gesprochen wird, wird nicht aufgezeichnet.

### Errors

error-title = Das hat nicht geklappt
error-reference = Kennzeichen: { $reference }
error-not-found-title = Diese Seite gibt es nicht
error-not-found = Vielleicht ist die Beratung schon vorbei und gelöscht. Öffnen Sie die Aktivität in Ihrem Kurs noch einmal, oder fragen Sie die Person, die Sie eingeladen hat.
error-not-now-title = Das geht gerade nicht
error-not-now = Die Beratung ist inzwischen in einem anderen Zustand. Gehen Sie zurück und sehen Sie nach, wie es steht.
error-bad-request = Die Angaben waren unvollständig. Gehen Sie zurück und versuchen Sie es noch einmal.
error-too-many-title = Einen Moment bitte
error-too-many = Das waren sehr viele Versuche in kurzer Zeit. Warten Sie eine Minute und versuchen Sie es dann noch einmal.
error-backend = Das Videosystem antwortet gerade nicht. Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.
error-database = Wir kommen gerade nicht an unsere Daten. Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.
error-cross-site = Diese Anfrage kam von einer fremden Seite und wurde nicht ausgeführt.
### Times

when-weekday = { $number ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
when-month = { $number ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
when-moment = { $weekday }, { $day }. { $month }, { $time } Uhr
when-exact = { $weekday }, { $day }. { $month } { $year }, { $time } Uhr ({ $offset })
when-time = { $time } Uhr
when-minutes = { $minutes } Minuten

### Room and devices

room-title = Beratung
room-until = Geplantes Ende in
room-until-under = wenigen Augenblicken
room-offline = Keine Verbindung zum Internet.
room-no-script = Für das Gespräch braucht der Browser JavaScript.
room-alone = Noch ist niemand sonst im Raum.
room-people = Die Menschen im Gespräch
room-controls = Bedienung
# % is the name
room-joined = % ist da.
room-left = % ist gegangen.
room-sheet = Personen
room-sheet-lost = Die Liste ist gerade nicht aktuell. Sie meldet sich gleich wieder.
room-not-done = Das hat nicht geklappt. Bitte noch einmal versuchen.
room-close = Schließen
room-understood = In Ordnung
room-more = Mehr dazu
room-mute = Stumm
room-camera-off = Kamera aus
room-screen = Bildschirm zeigen
room-incident = Vorfall melden
room-leave = Verlassen
room-ban = Aufnahmen und Bildschirmfotos sind verboten (§§ 201, 201a StGB).
room-self = { $form ->
    [du] du
   *[sie] Sie
}
room-speaks = spricht
room-muted = stumm
room-no-camera = ohne Kamera
room-shares = zeigt den Bildschirm
room-connecting = wird verbunden
room-away = kurz weg
room-lost = { $form ->
    [du] Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte lass die Seite offen.
   *[sie] Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte lassen Sie die Seite offen.
}
room-unreachable = { $form ->
    [du] Die Verbindung kommt nicht zustande. Prüfe das Internet und versuch es noch einmal.
   *[sie] Die Verbindung kommt nicht zustande. Prüfen Sie das Internet und versuchen Sie es noch einmal.
}
room-to-waiting = Noch einmal versuchen
room-replaced = { $form ->
    [du] Du bist in einem anderen Fenster im Gespräch. Dieses hier kannst du schließen.
   *[sie] Sie sind in einem anderen Fenster im Gespräch. Dieses hier können Sie schließen.
}
room-play = Der Browser spielt den Ton erst nach einem Klick ab.
room-play-now = Ton einschalten
room-screen-failed = Der Bildschirm lässt sich in diesem Browser gerade nicht zeigen.
room-code = Prüfzeichen
room-code-alone = Sobald jemand dazukommt, erscheinen hier die Prüfzeichen.
room-code-checking = Die Prüfzeichen werden berechnet.
room-code-how = { $form ->
    [du] Lest euch die fünf Zeichen vor. Wenn alle dieselben sehen, hört niemand dazwischen mit.
   *[sie] Lesen Sie sich die fünf Zeichen vor. Wenn alle dieselben sehen, hört niemand dazwischen mit.
}
room-code-more = Bild und Ton sind vom einen Browser zum anderen verschlüsselt. Die Zeichen entstehen aus den Schlüsseln und Namen aller im Raum. Sie ändern sich, wenn jemand kommt oder geht. Vor jemandem, der den Server selbst verändert, schützen sie nicht.
room-code-mismatch = Die Verbindung ist nicht vertrauenswürdig. Bitte nichts Vertrauliches mehr sagen und das Gespräch beenden.
# 64 words in the order of the signs in room.html
room-code-words = Hund, Katze, Löwe, Pferd, Einhorn, Schwein, Elefant, Hase, Panda, Huhn, Pinguin, Schildkröte, Fisch, Krake, Schmetterling, Schnecke, Tulpe, Baum, Kaktus, Pilz, Erde, Mond, Stern, Regenbogen, Feuer, Banane, Apfel, Erdbeere, Zitrone, Mais, Pizza, Torte, Käse, Roboter, Hut, Brille, Krone, Löffel, Tür, Hammer, Schlüssel, Glocke, Wecker, Sanduhr, Geschenk, Lampe, Buch, Klammer, Nadel, Fahne, Ballon, Lokomotive, Fahrrad, Auto, Rakete, Boot, Anker, Pokal, Fußball, Gitarre, Trompete, Kopfhörer, Haus, Stuhl

device-camera-not-allowed = { $form ->
    [du] Der Browser darf die Kamera nicht benutzen. Du kannst das beim Schloss neben der Adresse ändern.
   *[sie] Der Browser darf die Kamera nicht benutzen. Sie können das beim Schloss neben der Adresse ändern.
}
device-microphone-not-allowed = { $form ->
    [du] Der Browser darf das Mikrofon nicht benutzen. Du kannst das beim Schloss neben der Adresse ändern.
   *[sie] Der Browser darf das Mikrofon nicht benutzen. Sie können das beim Schloss neben der Adresse ändern.
}
device-camera-not-found = { $form ->
    [du] Es ist keine Kamera angeschlossen. Du kannst ohne Kamera sprechen.
   *[sie] Es ist keine Kamera angeschlossen. Sie können ohne Kamera sprechen.
}
device-microphone-not-found = { $form ->
    [du] Es ist kein Mikrofon angeschlossen. Die anderen hören dich so nicht.
   *[sie] Es ist kein Mikrofon angeschlossen. Die anderen hören Sie so nicht.
}
device-camera-in-use = { $form ->
    [du] Die Kamera antwortet nicht. Vielleicht benutzt sie ein anderes Programm: Schließe es und schalte die Kamera wieder ein.
   *[sie] Die Kamera antwortet nicht. Vielleicht benutzt sie ein anderes Programm: Schließen Sie es und schalten Sie die Kamera wieder ein.
}
device-microphone-in-use = { $form ->
    [du] Das Mikrofon antwortet nicht. Vielleicht benutzt es ein anderes Programm: Schließe es und schalte das Mikrofon wieder ein.
   *[sie] Das Mikrofon antwortet nicht. Vielleicht benutzt es ein anderes Programm: Schließen Sie es und schalten Sie das Mikrofon wieder ein.
}
# the device check speaks about both at once
device-not-allowed = { $form ->
    [du] Der Browser darf Kamera oder Mikrofon nicht benutzen. Klick auf das Schloss neben der Adresse, erlaube beides und versuch es noch einmal.
   *[sie] Der Browser darf Kamera oder Mikrofon nicht benutzen. Klicken Sie auf das Schloss neben der Adresse, erlauben Sie beides und versuchen Sie es noch einmal.
}
device-not-found = { $form ->
    [du] Kamera oder Mikrofon fehlt. Schließ das Gerät an, oder geh ohne Kamera weiter.
   *[sie] Kamera oder Mikrofon fehlt. Schließen Sie das Gerät an, oder gehen Sie ohne Kamera weiter.
}
device-in-use = { $form ->
    [du] Kamera oder Mikrofon antwortet nicht. Vielleicht benutzt es ein anderes Programm: Schließe es und versuch es noch einmal.
   *[sie] Kamera oder Mikrofon antwortet nicht. Vielleicht benutzt es ein anderes Programm: Schließen Sie es und versuchen Sie es noch einmal.
}
device-insecure = Unter dieser Adresse gibt der Browser Kamera und Mikrofon nicht frei. Bitte die Adresse mit https:// öffnen oder der Schule Bescheid geben.
device-other = { $form ->
    [du] Kamera oder Mikrofon geht gerade nicht. Lade die Seite neu oder nimm einen anderen Browser.
   *[sie] Kamera oder Mikrofon geht gerade nicht. Laden Sie die Seite neu oder nehmen Sie einen anderen Browser.
}
device-title = Kamera und Mikrofon
device-lead = { $form ->
    [du] Hier siehst und hörst du dich selbst. Noch sieht und hört dich niemand.
   *[sie] Hier sehen und hören Sie sich selbst. Noch sieht und hört Sie niemand.
}
device-ask = Kamera und Mikrofon einschalten
device-without-camera = Ohne Kamera weiter
device-picture-off = Die Kamera ist aus.
device-level = { $form ->
    [du] Sag etwas: Der Balken bewegt sich, wenn das Mikrofon dich hört.
   *[sie] Sagen Sie etwas: Der Balken bewegt sich, wenn das Mikrofon Sie hört.
}
device-camera = Kamera
device-microphone = Mikrofon
device-next = Weiter

### Personal link

link-title = Ihre Einladung
link-lead = Einen Moment, die Einladung wird geöffnet.
link-code = Code einfügen
link-code-hint = Der Code ist der Teil des Links nach dem Zeichen #. Der ganze Link geht auch.
link-open = Einladung öffnen
link-unknown-title = Dieser Link gilt nicht mehr
link-unknown = Vielleicht ist die Beratung schon vorbei und gelöscht, oder es gibt inzwischen einen neuen Link. Bitte bei der Person nachfragen, die eingeladen hat.
link-elsewhere-title = Dieser Link wurde schon in einem anderen Browser geöffnet
link-elsewhere = Ein Link gilt nur in dem Browser, in dem er zuerst geöffnet wurde. So kann ihn niemand sonst benutzen.
link-elsewhere-help = Was jetzt hilft
link-elsewhere-first = Den Link dort öffnen, wo er zuerst geöffnet wurde: auf demselben Gerät und im selben Programm.
link-elsewhere-new = Die Person, die eingeladen hat, um einen neuen Link bitten. Das ist mit einem Klick getan.

### Invitation

invitation-title = Einladung
invitation-hello = { $form ->
    [du] Hallo { $name }
   *[sie] Guten Tag, { $name }
}
invitation-decide = { $form ->
    [du] { $initiator } lädt dich zu einem vertraulichen Gespräch per Video ein. Ob du mitmachst, entscheidest du selbst.
   *[sie] { $initiator } lädt Sie zu einem vertraulichen Gespräch per Video ein. Ob Sie teilnehmen, entscheiden Sie selbst.
}
invitation-declined = { $form ->
    [du] Du nimmst nicht teil, und das ist in Ordnung. { $initiator } sieht nur, dass du nicht möchtest, keinen Grund. Du kannst es dir noch anders überlegen.
   *[sie] Sie nehmen nicht teil, und das ist in Ordnung. { $initiator } sieht nur, dass Sie nicht möchten, keinen Grund. Sie können es sich noch anders überlegen.
}
invitation-come-back = { $form ->
    [du] Danke, du bist dabei. Den Warteraum kannst du öffnen ab
   *[sie] Danke, Sie sind dabei. Den Warteraum können Sie öffnen ab
}
invitation-check-devices = { $form ->
    [du] Danke, du bist dabei. Als Nächstes prüfst du kurz Kamera und Mikrofon.
   *[sie] Danke, Sie sind dabei. Als Nächstes prüfen Sie kurz Kamera und Mikrofon.
}
invitation-wait = { $form ->
    [du] Du bist im Warteraum angemeldet.
   *[sie] Sie sind im Warteraum angemeldet.
}
invitation-enter = { $form ->
    [du] { $initiator } hat dich eingelassen. Du kannst in das Gespräch gehen.
   *[sie] { $initiator } hat Sie eingelassen. Sie können in das Gespräch gehen.
}
invitation-turned-away = { $form ->
    [du] { $initiator } hat dich zu diesem Gespräch nicht eingelassen. Wenn du denkst, dass das ein Versehen ist, melde dich bitte bei { $initiator }.
   *[sie] { $initiator } hat Sie zu diesem Gespräch nicht eingelassen. Wenn Sie denken, dass das ein Versehen ist, melden Sie sich bitte bei { $initiator }.
}
invitation-about = Das Gespräch
invitation-length = Dauer
invitation-by = Beratende Lehrkraft
invitation-with = Außerdem eingeladen
invitation-with-nobody = niemand sonst
invitation-with-pupil = eine Schülerin oder ein Schüler
invitation-with-parent = ein Elternteil
invitation-with-teacher = eine Lehrkraft
invitation-with-expert = eine Fachperson
invitation-with-other = eine weitere Person
invitation-rules = Was gilt
invitation-voluntary-title = Freiwillig.
invitation-voluntary = { $form ->
    [du] Ein Nein hat keine Nachteile. Du kannst jederzeit gehen.
   *[sie] Ein Nein hat keine Nachteile. Sie können jederzeit gehen.
}
invitation-waiting-title = Warteraum.
invitation-waiting = Herein kommt nur, wen { $initiator } einlässt, während des ganzen Gesprächs.
invitation-ban-title = Keine Aufnahmen.
invitation-ban = Ton, Bild und Bildschirmfotos sind verboten und können strafbar sein (§§ 201, 201a StGB).
invitation-deletion-title = Gelöscht.
invitation-deletion = Nach dem Gespräch werden Raum und Namen sofort gelöscht.
invitation-alone-title = Unter sich.
invitation-alone = { $form ->
    [du] Bitte achte darauf, dass bei dir niemand mithören kann.
   *[sie] Bitte achten Sie darauf, dass bei Ihnen niemand mithören kann.
}
invitation-yes = Ich bin einverstanden
invitation-no = Ich möchte nicht
invitation-withdraw = Ich möchte doch nicht teilnehmen
invitation-try-devices = Kamera und Mikrofon ausprobieren
invitation-go-on = Weiter
invitation-to-waiting = Zum Warteraum
invitation-to-room = Zum Gespräch
invitation-stored-title = Was gespeichert wird
invitation-stored = Bis zum Ende der Beratung: der Name, wie er oben steht, und wann der Teilnahme zugestimmt wurde. Beides liegt verschlüsselt. Danach bleibt nur ein Nachweis mit Zeiten und Anzahl der Personen, ohne Namen.
invitation-trace = Wer über die Lernplattform kommt, hinterlässt dort vielleicht eine Spur: Sie kann festhalten, dass die Aktivität geöffnet wurde. Ein persönlicher Link hinterlässt dort keine.
invitation-picture-title = Bild und Ton
invitation-picture = Bild und Ton sind vom einen Browser zum anderen verschlüsselt und werden nirgends gespeichert.
invitation-ban-more = Wir können Aufnahmen technisch nicht verhindern. Wer das vertraulich gesprochene Wort aufnimmt oder unbefugt Bilder macht, kann sich strafbar machen.

### Waiting room

waiting-title = Warteraum
waiting-sees = { $form ->
    [du] { $initiator } sieht, dass du da bist, und lässt dich ein.
   *[sie] { $initiator } sieht, dass Sie da sind, und lässt Sie ein.
}
waiting-not-yet = { $initiator } hat den Raum noch nicht geöffnet.
waiting-start = { $form ->
    [du] Geplant ist { $start }. Du brauchst nichts zu tun, die Seite meldet sich.
   *[sie] Geplant ist { $start }. Sie brauchen nichts zu tun, die Seite meldet sich.
}
waiting-initiator-away = { $initiator } hat gerade keine Verbindung.
waiting-locked = { $initiator } lässt im Moment niemanden ein.
waiting-calm = { $form ->
    [du] Du brauchst nichts zu tun. Lass die Seite einfach offen.
   *[sie] Sie brauchen nichts zu tun. Lassen Sie die Seite einfach offen.
}
waiting-again = { $form ->
    [du] Du bist wieder im Warteraum. Das Gespräch sieht und hört dich nicht.
   *[sie] Sie sind wieder im Warteraum. Das Gespräch sieht und hört Sie nicht.
}
waiting-lost = { $form ->
    [du] Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte lass die Seite offen.
   *[sie] Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte lassen Sie die Seite offen.
}
waiting-since = { $form ->
    [du] Du wartest seit
   *[sie] Sie warten seit
}
waiting-since-under = weniger als einer Minute
waiting-picture = { $form ->
    [du] Dein Bild, das nur du siehst
   *[sie] Ihr Bild, das nur Sie sehen
}
waiting-next = Was als Nächstes passiert
waiting-next-more = { $form ->
    [du] { $initiator } lässt alle einzeln ein. Dann öffnet sich das Gespräch hier von selbst. Vorher sieht und hört dich niemand.
   *[sie] { $initiator } lässt alle einzeln ein. Dann öffnet sich das Gespräch hier von selbst. Vorher sieht und hört Sie niemand.
}
waiting-leave = Ich gehe wieder
waiting-away = { $form ->
    [du] Die Seite war eine Weile nicht verbunden. Bist du noch da?
   *[sie] Die Seite war eine Weile nicht verbunden. Sind Sie noch da?
}
waiting-here = Ich warte weiter

### The end

over-title = Die Beratung ist zu Ende
over-pending-title = Der Raum wird gerade gelöscht.
over-pending = Diese Seite zeigt gleich, dass es geschehen ist.
over-gone-title = Der Raum ist gelöscht
over-gone = Die Beratung ist zu Ende. Der Raum und alle Namen sind weg.
over-proven = Gelöscht und geprüft:
over-never-title = Diese Beratung findet nicht statt
over-never = Der Raum wurde nicht geöffnet. Alle Namen sind gelöscht.
over-record = Zum Nachweis
over-close = Dieses Fenster kann jetzt geschlossen werden.
over-questions = Fragen?
over-whom = Zum Gespräch: bei der Person nachfragen, die eingeladen hat. Zum Datenschutz: { $officer }.

### Incident

incident-title = Vorfall melden
incident-lead = { $form ->
    [du] Ist etwas passiert, das nicht sein darf? Sag kurz, was es war.
   *[sie] Ist etwas passiert, das nicht sein darf? Sagen Sie kurz, was es war.
}
incident-what = Was ist passiert?
incident-kind-stranger = Jemand Unbekanntes war im Raum
incident-kind-recorded = Es wurde aufgenommen oder fotografiert
incident-kind-link = Ein Link ist in falsche Hände geraten
incident-kind-technical = Etwas Technisches
incident-kind-other = Etwas anderes
incident-unsaid-title = Bitte noch eine Angabe
incident-unsaid = { $form ->
    [du] Wähle aus, was passiert ist.
   *[sie] Wählen Sie aus, was passiert ist.
}
incident-write = Bericht erstellen
incident-report-title = Der Vorfall ist vermerkt
incident-report-lead = { $form ->
    [du] Schick den Bericht an die Person für Datenschutz oder drucke ihn aus. Namen und Inhalte des Gesprächs stehen nicht darin.
   *[sie] Schicken Sie den Bericht an die Person für Datenschutz oder drucken Sie ihn aus. Namen und Inhalte des Gesprächs stehen nicht darin.
}
incident-report = Bericht
incident-fact-what = Vorfall
incident-fact-when = Gemeldet
incident-fact-school = Schule
incident-fact-consultation = Kennung der Beratung
incident-fact-report = Kennung der Meldung
incident-fact-planned = Geplanter Beginn
incident-fact-opened = Raum geöffnet
incident-fact-backend = Videosystem
incident-fact-people = Personen
incident-fact-so-far = Meldungen in dieser Beratung
incident-people = { $invited } eingeladen, { $waiting } im Warteraum, { $admitted } eingelassen
incident-mail = Mit dem eigenen Mailprogramm senden
incident-mail-subject = Vorfall in einer Online-Beratung
incident-mail-intro = Bei einer Online-Beratung gab es einen Vorfall. Was der Dienst davon weiß, ohne Namen:
incident-print = Drucken
incident-powers = Sofort handeln
incident-lock = Niemanden mehr einlassen
incident-locked = Es wird niemand mehr eingelassen
incident-end = Gespräch beenden und löschen
incident-officer = Datenschutz der Schule
incident-officer-name = Name
incident-officer-email = E-Mail
incident-officer-telephone = Telefon
incident-more = Im Nachweis der Beratung stehen Art und Zeit der Meldung, nicht von wem sie kam. Was gesagt wurde, kennt der Dienst nicht.

### Not invited

uninvited-title = Keine Einladung gefunden
uninvited-hello = Guten Tag, { $name }
uninvited-lead = Hier ist gerade keine Einladung für dieses Konto hinterlegt.
uninvited-ask = Ich wurde eingeladen
uninvited-more = Manche Einladungen gehören noch zu keinem Konto, weil nur ein Name bekannt war. Ein Klick auf „Ich wurde eingeladen“ gibt Bescheid, wer hier wartet. Dann kann die Person, die eingeladen hat, es bestätigen.
uninvited-asked-title = Wir haben Bescheid gesagt
uninvited-asked = Diese Seite öffnet die Einladung von selbst, sobald sie bestätigt ist.
uninvited-asked-more = Dauert es länger, bitte direkt bei der Person nachfragen, die eingeladen hat.
