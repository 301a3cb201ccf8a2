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

### Launch

login-title = Einen Moment bitte
login-lead = Die Lernplattform bestätigt gerade, wer hereinkommt.
login-go = Weiter

launch-window-title = Bitte in eigenem Fenster öffnen
launch-window = Der Browser lässt Sprechzimmer in diesem Rahmen nichts speichern. Öffnen Sie den Kurs in einem neuen Fenster und dort Sprechzimmer noch einmal. Oder bitten Sie Ihre Lehrkraft, die Aktivität auf „neues Fenster“ einzustellen.
launch-cookies-title = Sprechzimmer braucht ein Cookie
launch-cookies = Der Browser speichert hier gar keine Cookies. Erlauben Sie sie für diese Adresse, und öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal. Das Cookie gilt nur hier und nur für heute.
launch-back = Zur Lernplattform

refused-again-title = Bitte noch einmal öffnen
refused-again = Der Weg hierher war nicht mehr gültig. Gehen Sie zurück in Ihren Kurs und öffnen Sie Sprechzimmer noch einmal.
refused-reloaded-title = Diese Seite gilt nur einmal
refused-reloaded = Sie wurde schon geöffnet, zum Beispiel durch Neuladen. Gehen Sie zurück in Ihren Kurs und öffnen Sie Sprechzimmer noch einmal.
refused-denied-title = Die Lernplattform hat nicht zugestimmt
refused-denied = Vielleicht sind Sie dort nicht mehr angemeldet, oder die Aktivität ist für Sie nicht freigegeben. Melden Sie sich dort neu an und öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal.
refused-silent-title = Die Lernplattform antwortet gerade nicht
refused-silent = Wir konnten nicht prüfen, ob Sie von dort kommen. Warten Sie eine Minute und öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal.
refused-clock-title = Das hat zu lange gedauert
refused-clock = Öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal. Hilft das nicht, gehen die Uhren der beiden Systeme verschieden. Geben Sie dann der Systembetreuung Ihrer Schule Bescheid.
refused-registration-title = Hier fehlt noch etwas in der Einrichtung
refused-registration = Sprechzimmer und Ihre Lernplattform kennen sich noch nicht richtig. Geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-message-title = Die Lernplattform hat etwas Unerwartetes geschickt
refused-message = Öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal. Hilft das nicht, geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-administrator = Für die Systembetreuung
refused-administrator-lead = Vergleichen Sie diese Angaben mit der Registrierung in der Lernplattform und mit der Konfiguration. Im Protokoll steht der Vorgang unter dem Kennzeichen.
refused-reason = Grund
refused-code = Schlüsselwort
refused-clause = Vorschrift

### Start page

start-title = Sprechzimmer
start-lead = Hier finden vertrauliche Beratungsgespräche statt, in einem eigenen Fenster.
start-open = Sprechzimmer öffnen
start-opened = Sprechzimmer ist in einem eigenen Fenster geöffnet.
start-over = Diese Seite ist schon etwas älter. Bitte die Aktivität im Kurs noch einmal öffnen.
start-expired-title = Das war ein wenig zu spät
start-expired = Aus Sicherheitsgründen gilt der Knopf nur kurz und nur einmal. Schließen Sie dieses Fenster und öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal.

### Landing

landing-title = Sprechzimmer
landing-lead = Hier führt die Schule vertrauliche Beratungsgespräche per Video. Niemand kann ohne Einladung eintreten, und nach dem Gespräch wird alles gelöscht.
landing-course = Sie haben ein Konto in der Lernplattform? Öffnen Sie Sprechzimmer dort in Ihrem Kurs.
landing-link = Sie haben einen persönlichen Link bekommen? Öffnen Sie genau diesen Link.
landing-left = Sie sind draußen.
landing-left-lead = Auf diesem Gerät ist nichts von Ihnen geblieben. Sie können das Fenster schließen.
landing-setup-title = Für die Systembetreuung
landing-setup = Noch ist keine Lernplattform eingetragen. Legen Sie dort ein externes Werkzeug (LTI 1.3) mit diesen Adressen an und tragen Sie die Angaben der Lernplattform in die Konfiguration ein.
landing-setup-login = Adresse für den Beginn der Anmeldung
landing-setup-launch = Adresse des Werkzeugs und der Weiterleitung
landing-setup-keys = Adresse der öffentlichen Schlüssel

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
