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
error-to-consultation = Zurück zur Beratung
error-reference = Kennzeichen: { $reference }
error-not-found-title = Diese Seite gibt es nicht
error-not-found = Vielleicht ist die Beratung schon vorbei und gelöscht. Öffnen Sie die Aktivität in Ihrem Kurs noch einmal, oder fragen Sie die Person, die Sie eingeladen hat.
error-not-now-title = Das geht gerade nicht
error-not-now = Die Beratung ist inzwischen in einem anderen Zustand. Gehen Sie zurück und sehen Sie nach, wie es steht.
error-bad-request = Die Angaben waren unvollständig. Gehen Sie zurück und versuchen Sie es noch einmal.
error-too-many-title = Einen Moment bitte
error-too-many = Das waren sehr viele Versuche in kurzer Zeit. Warten Sie eine Minute und versuchen Sie es dann noch einmal.
error-unfit-title = Der Raum wird nicht geöffnet
error-unfit = Das Videosystem hat nicht gezeigt, dass es diese Regeln einhält: { $rules }. Die Beratung bleibt, wie sie ist, und es ist nichts verloren. Sagen Sie bitte der IT Ihrer Schule Bescheid und nennen Sie das Kennzeichen unten.
error-backend = Das Videosystem antwortet gerade nicht. Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.
error-backend-none = Für diese Beratung ist kein Videosystem eingerichtet, oder es wurde entfernt. Es ist nichts verloren. Sagen Sie bitte der IT Ihrer Schule Bescheid und nennen Sie das Kennzeichen unten.
error-backend-setup = Die Verbindung zum Videosystem ist nicht richtig eingerichtet. Es ist nichts verloren. Sagen Sie bitte der IT Ihrer Schule Bescheid und nennen Sie das Kennzeichen unten.
error-backend-expired = Das Zertifikat des Videosystems ist abgelaufen, deshalb öffnen wir dort nichts. Es ist nichts verloren. Sagen Sie bitte der IT Ihrer Schule Bescheid und nennen Sie das Kennzeichen unten.
error-backend-wrong = Das Videosystem hat den Raum nicht so gemacht, wie er sein muss. Es ist nichts verloren. Sagen Sie bitte der IT Ihrer Schule Bescheid und nennen Sie das Kennzeichen unten.
error-database = Wir kommen gerade nicht an unsere Daten. Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.
error-leaving-title = Gerade beginnt nichts Neues
error-leaving = Sprechzimmer wird in diesem Moment neu gestartet. Laufende Gespräche gehen weiter, und es ist nichts verloren. Versuchen Sie es in einigen Minuten noch einmal.
error-unproven-title = Bitte bestätigen Sie zuerst, dass Sie es sind
error-unproven = Öffnen Sie Ihre Übersicht. Dort werden Sie nach Ihrem Passkey gefragt.
error-passkey-missing = Ihre Schule möchte, dass Beratungen nur mit einem Passkey geplant werden. Öffnen Sie Ihre Übersicht und richten Sie einen ein.
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
refused-expired-title = Das Zertifikat der Lernplattform ist abgelaufen
refused-expired = Wir können deshalb nicht sicher prüfen, ob Sie von dort kommen. Geben Sie bitte der Systembetreuung Ihrer Schule Bescheid: Das Zertifikat der Lernplattform muss erneuert werden.
refused-late-title = Das hat zu lange gedauert
refused-late = Öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal. Hilft das nicht, geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-clock-title = Die Uhren gehen verschieden
refused-clock = Die Lernplattform und Sprechzimmer haben nicht dieselbe Uhrzeit. Noch einmal öffnen hilft hier nicht: Geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-clock-ahead = Die Uhr der Lernplattform geht { $seconds } Sekunden vor, gemessen an der Uhr dieses Servers. Mehr als 60 Sekunden Unterschied lässt kein sicherer Start zu. Stellen Sie beide Server auf dieselbe Zeit ein, am besten mit NTP.
refused-clock-behind = Die Uhr der Lernplattform geht { $seconds } Sekunden nach, gemessen an der Uhr dieses Servers. Mehr als 60 Sekunden Unterschied lässt kein sicherer Start zu. Stellen Sie beide Server auf dieselbe Zeit ein, am besten mit NTP.
refused-key-title = Die Unterschrift der Lernplattform ist uns nicht bekannt
refused-key = Warten Sie eine Minute und öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal. Hilft das nicht, geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-registration-title = Hier fehlt noch etwas in der Einrichtung
refused-registration = Sprechzimmer und Ihre Lernplattform kennen sich noch nicht richtig. Geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-deployment-title = Sprechzimmer ist hier noch nicht freigegeben
refused-deployment = Die Lernplattform ist bekannt, aber an dieser Stelle wartet Sprechzimmer noch auf die Freigabe. Geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-deployment-administrator = Gehört diese Lernplattform zu Ihrer Schule, geben Sie sie auf dem Rechner von Sprechzimmer mit diesem Befehl frei. Nach wenigen Sekunden kann die Aktivität geöffnet werden.
refused-command = Befehl zur Freigabe
refused-message-title = Die Lernplattform hat etwas Unerwartetes geschickt
refused-message = Öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal. Hilft das nicht, geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
refused-administrator = Für die Systembetreuung
refused-administrator-lead = Vergleichen Sie diese Angaben mit der Registrierung in der Lernplattform und mit der Konfiguration. Im Protokoll steht der Vorgang unter dem Kennzeichen.
refused-reason = Grund
refused-code = Schlüsselwort
refused-clause = Vorschrift

### Registration of a learning platform, for administrators

register-title = Lernplattform verbinden
register-description = Vertrauliche Beratungsgespräche per Video
register-lead = „{ $name }“ wird mit Sprechzimmer verbunden. Danach können Lehrkräfte dort eine Aktivität anlegen.
register-host = Anfrage von
register-gets = Sprechzimmer bekommt
register-gets-what = Name, Rolle und Kennung der Personen, die es öffnen, und auf Wunsch der Lehrkraft die Liste ihres Kurses
register-never = Sprechzimmer bekommt nicht
register-never-what = E-Mail-Adressen, Benutzernamen, Noten
register-go = Verbinden
register-done-title = Verbunden
register-done = Sprechzimmer und Ihre Lernplattform kennen sich jetzt.
register-next = Ihre nächsten Schritte in { $platform }
register-finish = Fertig
register-approval = Öffnen Sie die Aktivität einmal selbst. Sprechzimmer zeigt dann den Befehl, mit dem Sie diese Stelle freigeben.
register-other = Andere Lernplattform
register-guide = Kopieren Sie diesen Link und fügen Sie ihn in „{ $name }“ ein. Damit wird die Lernplattform verbunden.
register-link-label = Link zur Registrierung
register-once = Der Link gilt 24 Stunden und für eine einzige Registrierung. Klappt sie nicht, können Sie es mit demselben Link noch einmal versuchen.
register-copied = Kopiert.
register-moodle-where = Öffnen Sie als Administratorin oder Administrator: Website-Administration, Plugins, Aktivitäten, Externes Tool, Tools verwalten.
register-moodle-paste = Fügen Sie den Link bei „Tool-URL“ ein und wählen Sie „LTI Advantage hinzufügen“.
register-moodle-activate = Wählen Sie bei Sprechzimmer „Aktivieren“.
register-moodle-chooser = Öffnen Sie die Einstellungen von Sprechzimmer (Zahnrad) und zeigen Sie es in der Aktivitätenauswahl an.
register-moodle-window = Stellen Sie dort als Startcontainer „Neues Fenster“ ein. So entfällt ein Klick.
register-ilias-where = Öffnen Sie: Administration, ILIAS erweitern, LTI, ILIAS als LTI-Consumer.
register-ilias-paste = Legen Sie einen Anbieter mit dynamischer Registrierung an und fügen Sie den Link ein.
register-ilias-activate = Geben Sie den Anbieter Sprechzimmer frei.
register-ilias-use = Lehrkräfte legen im Kurs ein LTI-Objekt an und wählen Sprechzimmer.
register-canvas-where = Öffnen Sie: Administration, Apps, Verwalten, App installieren.
register-canvas-paste = Wählen Sie „LTI 1.3“ und „Dynamische Registrierung“ und fügen Sie den Link ein.
register-canvas-activate = Bestätigen Sie die Installation und schalten Sie Sprechzimmer ein.
register-canvas-use = Lehrkräfte zeigen Sprechzimmer in der Navigation ihres Kurses an.
register-brightspace-where = Öffnen Sie: Verwaltungstools, Erweiterbarkeit verwalten, LTI Advantage, Tool registrieren.
register-brightspace-paste = Wählen Sie „Dynamisch“ und fügen Sie den Link ein.
register-brightspace-activate = Schalten Sie das registrierte Tool ein und legen Sie eine Bereitstellung (Deployment) dafür an.
register-brightspace-use = Legen Sie einen Link an und geben Sie ihn den Kursen frei.
register-other-where = Suchen Sie in der Verwaltung externer Werkzeuge nach „LTI 1.3“, „LTI Advantage“ oder „dynamische Registrierung“ und fügen Sie den Link ein. Gibt es das nicht, tragen Sie die Werte von Hand ein.
register-other-activate = Schalten Sie Sprechzimmer in der Verwaltung externer Werkzeuge ein.
register-other-use = Geben Sie es für die Kurse frei, in denen beraten wird.
register-manual = Von Hand eintragen
register-manual-lead = Legen Sie in der Lernplattform ein externes Werkzeug nach LTI 1.3 mit diesen Werten an.
register-icon = Adresse des Symbols
register-manual-then = Tragen Sie danach die Angaben der Lernplattform auf dem Rechner von Sprechzimmer ein: sprechzimmer platform add --help nennt sie.
register-failed-title = Das hat nicht geklappt
register-link-title = Dieser Link gilt nicht mehr
register-link = Er ist benutzt oder älter als 24 Stunden. Bitten Sie um einen neuen.
register-link-remedy = Einen neuen stellt dieser Befehl auf dem Rechner von Sprechzimmer aus: sprechzimmer platform invite.
register-busy-title = Hier wird gerade verbunden
register-busy = Mit diesem Link läuft schon eine Registrierung. Warten Sie eine halbe Minute, dann können Sie es noch einmal versuchen.
register-configured-title = Schon eingetragen
register-configured = Diese Lernplattform steht in der Konfigurationsdatei von Sprechzimmer und wird dort geändert. Gespeichert wurde nichts.
register-inward = Die Lernplattform liegt nicht im öffentlichen Internet. Der Link gilt weiter, gespeichert wurde nichts.
register-inward-remedy = Steht sie in Ihrem eigenen Netz, tragen Sie dieses Netz in der Konfiguration von Sprechzimmer bei platform_networks ein.
register-unreachable = Die Lernplattform antwortet nicht so, wie es sein muss. Der Link gilt weiter, gespeichert wurde nichts.
register-unreachable-remedy = Prüfen Sie, ob der Rechner von Sprechzimmer die Lernplattform erreicht.
register-wrong = Was die Lernplattform geschickt hat, lässt sich nicht verwenden. Der Link gilt weiter, gespeichert wurde nichts.

### Start page

start-title = Sprechzimmer
start-lead = Hier finden vertrauliche Beratungsgespräche statt, in einem eigenen Fenster.
start-open = Sprechzimmer öffnen
start-opened = Sprechzimmer ist in einem eigenen Fenster geöffnet.
start-over = Diese Seite ist schon etwas älter. Bitte die Aktivität im Kurs noch einmal öffnen.
start-expired-title = Das war ein wenig zu spät
start-expired = Aus Sicherheitsgründen gilt der Knopf nur kurz und nur einmal. Schließen Sie dieses Fenster und öffnen Sie Sprechzimmer in Ihrem Kurs noch einmal.

### Choosing what to put into the course (in the frame of the learning platform)

choice-title = Was soll in den Kurs?
choice-legend = Wohin führt die neue Aktivität?
choice-door = Sprechzimmer-Tür dieses Kurses
choice-door-hint = Für alle im Kurs. Jede Person findet dort nur ihre eigenen Einladungen.
choice-door-item = Sprechzimmer
choice-talk-item = Beratungsgespräch: { $moment }
choice-people = { $people ->
    [one] 1 Person ist eingeladen, { $length }
   *[other] { $people } Personen sind eingeladen, { $length }
}
choice-none-offered = Eine geplante Beratung erscheint hier, wenn Sie sie in Sprechzimmer unter „Zugänge“ für den Kurs freigegeben haben.
choice-seen-title = Gut zu wissen.
choice-seen = Alle im Kurs sehen den Termin, aber keine Namen. Schränken Sie die Aktivität in der Lernplattform auf die Eingeladenen ein.
choice-place = In den Kurs stellen
choice-cancel = Abbrechen
choice-wrong = Bitte noch eine Angabe
choice-nothing = Wählen Sie aus, was in den Kurs soll.
choice-vanished = Eine der Beratungen gibt es hier nicht mehr. Sehen Sie die Auswahl noch einmal an.
choice-cancelled = Es wurde nichts ausgewählt.
choice-refused-title = Hier lässt sich nichts in den Kurs stellen
choice-refused = Das können nur Lehrkräfte, die in diesem Kurs eine Beratung beginnen dürfen.
choice-unwanted = Die Lernplattform nimmt an dieser Stelle keine Aktivität von Sprechzimmer an.
choice-back = Zurück zur Lernplattform
choice-answer-title = Einen Moment bitte
choice-answer = Die Antwort geht zurück an die Lernplattform.
choice-answer-go = Weiter zur Lernplattform
choice-late-title = Diese Auswahl gilt nicht mehr
choice-late = Sie wurde schon abgeschickt oder ist zu alt. Beginnen Sie in der Lernplattform noch einmal.

### Opening a link that was put into the course

placed-copied-title = Diese Aktivität gehört in einen anderen Kurs
placed-copied = Sie wurde mit einem Kurs kopiert. Die Beratung ist dort geblieben, wo sie geplant wurde.
placed-copied-teacher = Löschen Sie diese Aktivität hier. Für eine Beratung in diesem Kurs stellen Sie eine neue hinein.
placed-gone-title = Zu dieser Aktivität gibt es keine Beratung
placed-gone = Vielleicht ist sie schon vorbei und gelöscht, oder sie wurde abgesagt. Bitte bei der Person nachfragen, die eingeladen hat.
placed-gone-teacher = Die Aktivität kann aus dem Kurs gelöscht werden.
placed-teacher = Für Lehrkräfte

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

### Words of several pages

frame-print = Drucken
title-pupil = Schülerin, Schüler
title-parent = Mutter, Vater
title-teacher = Lehrkraft
title-expert = Fachkraft
title-other = weitere Person
standing-invited = eingeladen
standing-declined = möchte nicht
standing-consented = einverstanden
standing-waiting = wartet
standing-admitted = eingelassen
standing-inside = im Raum
standing-turned-away = abgewiesen
standing-revoked = Link ungültig
setting-only-tickets = Nur die Personen auf der Liste kommen hinein, jede mit einem eigenen Zugang.
setting-waiting-room = Der Warteraum ist immer an. Niemand kommt hinein, ohne einzeln eingelassen zu werden.
setting-one-moderator = Nur die beratende Lehrkraft leitet das Gespräch.
setting-fresh-room = Jedes Gespräch hat einen neuen Raum, der danach nie wieder benutzt wird.
setting-memory-only = Vom Raum wird nichts auf eine Festplatte geschrieben. Nach dem Ende bleibt nichts von ihm.
setting-one-seat = Jeder Zugang gilt für eine Person und einen Platz.
setting-no-recording = Eine Aufzeichnung gibt es nicht.
setting-announced-there = Freiwilligkeit und Warteraum stehen auch im Raum des Videosystems.
setting-only-signed-ways = Jeder Zugang ist für eine Person und diesen einen Raum unterschrieben.
setting-closed-features = Nebenräume, private Nachrichten, Mitschriften und fremde Inhalte sind abgeschaltet.
setting-second-lobby = Auch der Warteraum des Videosystems ist an. Dort lässt die Lehrkraft jede Person noch einmal ein.
setting-no-promotion = Niemand kann im Raum zur Leitung gemacht werden.
setting-this-very-room = Zugänge gelten nur für genau diesen Raum, auch wenn es einen gleichen Namens gäbe.
setting-end-checked = Nach dem Ende wurde der Raum auf drei Wegen gesucht: er ist nicht mehr da, steht in keiner Liste, und es gibt keine Aufzeichnung.
setting-operators-part = Protokolle des Videoservers löscht, wer ihn betreibt, nach den dort eingestellten Fristen. Die Einstellungen dafür nennt die Prüfung der Konfiguration.
setting-way-for-one-click = Jeder Zugang wird erst beim Klick gemacht und nirgends aufgehoben.
setting-watched-by-ids = Wer im Raum ist, wird laufend nach eigenen Kennungen geprüft.
setting-no-recording-there = Aufzeichnung und Ereignisprotokoll sind abgeschaltet, und der Raum wurde darauf geprüft.
setting-banner-there = Das Verbot von Aufnahmen steht die ganze Zeit über dem Gespräch.
setting-closed-server = Alle anderen Räume dieses Videosystems sind verschlossen.
setting-locked-lobby = Im Videosystem kann niemand den Warteraum abschalten, und kein Kennwort führt an ihm vorbei.
setting-end-tried = Nach dem Ende wurde mit einem alten Zugang versucht, wieder hineinzukommen. Er wurde abgewiesen.

### Overview

overview-title = Übersicht
overview-new = Neue Beratung
overview-empty = Noch keine Beratung
overview-empty-who = Sie legen fest, wer dabei ist.
overview-empty-waiting = Alle bekommen ihren eigenen Zugang und warten, bis Sie sie einlassen.
overview-empty-end = Am Ende werden der Raum und alle Namen gelöscht.
overview-outside = Eine Beratung gehört zu einem Kurs. Öffnen Sie Sprechzimmer aus der Aktivität in Ihrem Kurs.
overview-section-open = Jetzt offen
overview-section-planned = Geplant
overview-section-ended = Beendet
overview-section-invitations = Einladungen
overview-draft = noch nicht festgelegt
overview-planned = geplant
overview-open = offen
overview-pending = wird gelöscht
overview-erased = gelöscht
overview-nobody = noch niemand auf der Liste
overview-with = mit { $names }
overview-by = von { $name }
overview-invited = eingeladen
overview-invited-now = jetzt
overview-pending-hint = Die Löschung läuft noch. Den Nachweis gibt es, sobald alles weg ist.
overview-proof = Nachweis der Löschung
overview-proof-at = gelöscht und geprüft: { $moment }
overview-proof-day = Den Nachweis sehen Sie hier einen Tag lang. Laden Sie ihn für die Akte herunter.
overview-leave = Abmelden

### Passkeys

passkey-new-title = Schützen Sie Ihre Beratungen
passkey-new-lead = Ein Passkey zeigt, dass wirklich Sie es sind: Sie bestätigen es mit Gesicht, Fingerabdruck oder der PIN Ihres Geräts.
passkey-new-why = Dann sieht und öffnet niemand sonst Ihre Beratungen, auch niemand, der sich in der Lernplattform als Sie anmelden kann.
passkey-new-required = Ihre Schule möchte, dass Beratungen nur mit einem Passkey geplant werden.
passkey-new-now = Jetzt einrichten
passkey-new-later = Später
passkey-new-kept = Gesicht, Fingerabdruck und PIN bleiben auf Ihrem Gerät. Hier liegt nur ein öffentlicher Schlüssel, mit dem sich Ihre Bestätigung prüfen lässt. Wird der Passkey 400 Tage nicht benutzt, löschen wir ihn.
passkey-new-without = Ohne Passkey sehen Sie eine Beratung nur in dem Browser, in dem Sie sie geplant haben. Sie können den Passkey jederzeit auf Ihrer Übersicht einrichten.
passkey-label = Name für dieses Gerät
passkey-label-hint = Nur Sie sehen ihn, in Ihrer Liste.
passkey-unnamed = Mein Gerät
passkey-no-script = Für einen Passkey braucht diese Seite JavaScript, und das ist in Ihrem Browser abgeschaltet.
passkey-failed = Das hat nicht geklappt. Versuchen Sie es noch einmal.
passkey-not-allowed = Es wurde nichts bestätigt. Versuchen Sie es noch einmal, wenn Sie so weit sind.
passkey-there-already = Auf diesem Gerät liegt schon ein Passkey von Ihnen.
passkey-unsupported = Dieser Browser kann keine Passkeys. Nehmen Sie einen neueren Browser oder ein anderes Gerät.
passkey-prove-title = Bitte bestätigen Sie, dass Sie es sind
passkey-prove-lead = Sie haben einen Passkey, und diesen Browser kennen wir noch nicht. Danach kennen wir ihn für ein halbes Jahr.
passkey-prove-now = Bestätigen
passkey-lost = Kein Passkey zur Hand?
passkey-lost-how = Wer Sprechzimmer an Ihrer Schule verwaltet, kann Ihren Zugang zurücksetzen. Dafür bekommen Sie eine Nummer, die Sie der Person nennen.
passkey-lost-number = Nummer anzeigen
passkey-own-title = Ihre Passkeys
passkey-own-list = Womit Sie bestätigen
passkey-own-hint = Ein zweiter Passkey auf einem anderen Gerät hilft, wenn eines verloren geht. Ohne Passkey sehen Sie Ihre Beratungen nur noch in diesem Browser.
passkey-since = Eingerichtet: { $made }. Zuletzt benutzt: { $used }.
passkey-made = Ihre Beratungen sind jetzt geschützt. In einem neuen Browser bestätigen Sie einmal, dass Sie es sind.
passkey-to-overview = Zur Übersicht
passkey-another = Weiteren Passkey einrichten
passkey-remove = Entfernen
passkey-remove-one = Passkey { $name } entfernen
passkey-browsers = Bekannte Browser
passkey-browsers-others = { $others ->
    [0] Nur dieser Browser ist bekannt.
    [1] Außer diesem ist noch ein Browser bekannt.
   *[other] Außer diesem sind noch { $others } Browser bekannt.
}
passkey-browsers-forget = Alle anderen vergessen
passkey-recovery-title = Ihre Nummer
passkey-recovery-lead = Nennen Sie diese Nummer der Person, die Sprechzimmer an Ihrer Schule verwaltet. Sie gilt 30 Minuten.
passkey-recovery-then = Danach sehen Sie Ihre Beratungen in diesem Browser. Ihre bisherigen Passkeys gelten dann nicht mehr.
passkey-recovery-more = Die Nummer öffnet allein nichts. Die Person muss sich überzeugen, dass Sie es sind, am besten im Gespräch mit Ihnen. Dass sie Ihren Zugang zurückgesetzt hat, steht in einem Protokoll und auf Ihrer Übersicht.
passkey-told-title = Ihr Zugang wurde zurückgesetzt
passkey-told = { $moment }: Die Verwaltung hat Ihre Passkeys und bekannten Browser vergessen und Ihre Beratungen dem Browser gegeben, der die Nummer gezeigt hat.
passkey-told-not-you = Waren Sie das nicht? Dann sagen Sie es bitte gleich { $officer } (Datenschutz).
passkey-told-read = Gelesen
passkey-bound = Ohne Passkey sehen Sie diese Beratung nur in diesem Browser, auf diesem Gerät.
passkey-bound-protect = Mit einem Passkey schützen
passkey-elsewhere = Was Sie in einem anderen Browser geplant haben, erscheint nur dort.
passkey-elsewhere-how = Mit einem Passkey sehen Sie künftig alles in jedem Ihrer Browser. Gibt es den anderen Browser nicht mehr, kann Ihnen die Verwaltung mit einer Nummer helfen. Sonst endet eine Beratung, die nie geöffnet wird, von selbst.

### New consultation

draft-new-title = Neue Beratung
draft-step-when = Zeit
draft-step-who = Personen
draft-step-links = Zugänge
draft-date = Tag
draft-time = Uhrzeit
draft-length = Dauer
draft-when-hint = Sie können die Zeit noch ändern, bis die Liste festgelegt ist.
draft-next = Weiter
draft-title = Wer ist dabei?
draft-lead = Nur diese Personen und Sie kommen in den Raum.
draft-list = Auf der Liste
draft-list-empty = Noch niemand.
draft-remove = Entfernen
draft-remove-name = { $name } entfernen
draft-full = Die Liste ist voll. Mit Ihnen sind es so viele Personen, wie in einen Raum passen.
draft-someone = Jemanden dazunehmen
draft-name = Name
draft-role = Rolle
draft-role-of = Rolle von { $name }
draft-way = Wie kommt die Person herein?
draft-way-link = persönlicher Link
draft-way-link-hint = Ohne Konto. Die Lernplattform erfährt davon nichts.
draft-way-launch = mit Konto in der Lernplattform
draft-way-launch-hint = Über den Kurs. Beim ersten Mal bestätigen Sie, wer es ist.
draft-course = Aus dem Kurs
draft-search = Namen suchen
draft-search-hint = Die Namen kommen aus Ihrem Kurs. Wir behalten nur, wen Sie auf die Liste setzen.
draft-search-do = Suchen
draft-skip = Namen überspringen
draft-search-none = Niemand mit diesem Namen gehört zum Kurs.
draft-search-failed = Die Suche geht gerade nicht. Versuchen Sie es gleich noch einmal.
draft-loading = Die Namen werden geholt.
draft-found = { $people ->
    [0] Niemand gefunden.
    [one] Eine Person.
   *[other] { $people } Personen.
  }
draft-more = { $people ->
    [one] Und noch eine Person. Suchen Sie nach dem Namen.
   *[other] Und noch { $people } Personen. Suchen Sie nach dem Namen.
  }
draft-twice = Diesen Namen gibt es mehrmals. Nehmen Sie einen persönlichen Link, damit die Einladung nicht an die falsche Person geht.
draft-again = Noch einmal versuchen
draft-instead = Tragen Sie den Namen unten ein. Mit einem Konto in der Lernplattform bestätigen Sie beim ersten Öffnen, wer es ist. Ohne Konto genügt ein persönlicher Link.
draft-no-list-title = Hier gibt es keine Namensliste.
draft-no-list = Ihre Lernplattform nennt uns die Mitglieder des Kurses nicht.
draft-no-list-site = Diese Aktivität gehört zur ganzen Schule und nicht zu einem Kurs. Eine Liste aller Konten holen wir nicht.
draft-no-list-foreign = Die Adresse, an der Ihre Lernplattform die Mitglieder nennt, gehört nicht zu diesem Kurs. Deshalb fragen wir dort nicht.
draft-no-names-title = Es fehlen Namen.
draft-no-names = Ihre Lernplattform nennt uns die Mitglieder des Kurses ohne Namen.
draft-some-nameless = { $people ->
    [one] Eine Person steht in der Lernplattform ohne Namen und deshalb nicht hier.
   *[other] { $people } Personen stehen in der Lernplattform ohne Namen und deshalb nicht hier.
  }
draft-unread-title = Die Namen aus dem Kurs sind gerade nicht da.
draft-unread-silent = Ihre Lernplattform antwortet nicht.
draft-unread-expired = Das Zertifikat Ihrer Lernplattform ist abgelaufen. Geben Sie bitte der Systembetreuung Ihrer Schule Bescheid.
draft-unread-denied = Ihre Lernplattform gibt uns die Liste nicht. Dafür fehlt eine Einstellung.
draft-unread-clock = Die Uhren der beiden Systeme gehen verschieden.
draft-unread-long = Die Liste ist länger, als ein Kurs sein kann.
draft-unread-wrong = Ihre Lernplattform schickt etwas, das wir nicht lesen können.
draft-unread-code = Der Grund heißt „{ $code }“. Prüfen Sie, ob der Dienst „Names and Roles“ für Sprechzimmer eingeschaltet ist.
draft-clock-ahead = Die Uhr der Lernplattform geht etwa { $amount } vor. Stellen Sie beide Uhren über das Netz (NTP).
draft-clock-behind = Die Uhr der Lernplattform geht etwa { $amount } nach. Stellen Sie beide Uhren über das Netz (NTP).
draft-clock-apart = Stellen Sie die Uhren beider Systeme über das Netz (NTP).
draft-clock-seconds = { $seconds ->
    [one] eine Sekunde
   *[other] { $seconds } Sekunden
  }
draft-clock-minutes = { $minutes } Minuten
draft-add = Auf die Liste setzen
draft-when = Wann
draft-when-keep = Zeit übernehmen
draft-seal-title = Fertig?
draft-seal-hint = Danach lässt sich die Liste nicht mehr ändern. Die Zugänge entstehen im selben Moment.
draft-seal = Liste festlegen
draft-check-title = Bitte noch einmal ansehen.
draft-check = Wir haben die Angaben aus dem Formular auf die Liste gesetzt. Stimmt sie, dann legen Sie sie fest.
system-title = Wo das Gespräch stattfindet
system-choose = Videosystem
system-hint = Sobald die Liste festgelegt ist, bleibt es dabei.
system-embedded = Im Sprechzimmer selbst
system-bigbluebutton = BigBlueButton
system-jitsi = Jitsi Meet
system-here = Das Gespräch findet auf diesen Seiten statt.
system-elsewhere = Das Gespräch öffnet sich in einem eigenen Fenster.
system-barred = Zurzeit nicht verfügbar.
system-of-talk = Videosystem: { $system }
system-trouble = { $system } ist zurzeit nicht verfügbar, und die Beratung wechselt nicht von selbst. Versuchen Sie es später, oder sagen Sie sie ab und planen Sie eine neue.
draft-always = Was immer gilt
draft-discard = Entwurf verwerfen
draft-wrong = Bitte noch eine Angabe
draft-wrong-date = Diesen Tag gibt es nicht.
draft-wrong-time = Diese Uhrzeit gibt es nicht.
draft-wrong-skipped = Diese Uhrzeit gibt es an dem Tag nicht, weil die Sommerzeit beginnt.
draft-wrong-past = Diese Zeit ist schon vorbei.
draft-wrong-length = Bitte eine der Dauern auswählen.
draft-wrong-name = Bitte einen Namen eintragen.
draft-wrong-name-long = Der Name ist zu lang. Es passen { $most } Zeichen.
draft-wrong-name-twice = Der Name steht schon auf der Liste. Ergänzen Sie etwas, damit man die beiden unterscheiden kann.
draft-wrong-title = Bitte eine Rolle auswählen.
draft-wrong-full = So viele Personen passen nicht in einen Raum.
draft-wrong-nobody = Es steht noch niemand auf der Liste.
draft-wrong-system = Dieses Videosystem ist zurzeit nicht verfügbar. Bitte wählen Sie ein anderes.

### Links

links-title = Zugänge
links-lead = Jede Person bekommt ihren eigenen Zugang. Geben Sie ihn nur ihr.
links-of = Persönlicher Link für { $name }
links-copy = Kopieren
links-copied = Der Link ist kopiert.
links-not-copied = Bitte den markierten Link von Hand kopieren.
links-letter = Brief
links-calendar = Kalenderdatei
links-calendar-title = Termin
links-code = QR-Code
links-code-of = QR-Code mit dem persönlichen Link für { $name }
links-code-hint = Nur für diese Person
links-change = Link ersetzen oder sperren
links-change-hint = Der alte Link gilt dann sofort nicht mehr, auch nicht in einem Browser, in dem er schon offen ist. Wer damit zugestimmt hat, wird neu gefragt.
links-renew = Neuen Link machen
links-revoke = Link sperren
links-revoked = Der Link ist gesperrt. Ohne neuen Link kommt diese Person nicht herein.
links-by-launch = Kommt über die Lernplattform und braucht keinen Link.
links-turned-away = Diese Person wurde abgewiesen und hat keinen Zugang mehr.
links-course = Im Kurs
links-offer-hint = Diese Beratung kann als eigene Aktivität in den Kurs gestellt werden. Wer auf der Liste steht und über die Lernplattform kommt, landet von dort direkt hier.
links-offer-seen = Alle im Kurs sehen dann den Termin, aber keine Namen. In der Lernplattform können Sie einstellen, wer die Aktivität sieht.
links-offer = Für den Kurs freigeben
links-offered = Freigegeben. Wählen Sie im Kurs „Aktivität hinzufügen“, dann Sprechzimmer, dann diesen Termin.
links-withdraw = Freigabe zurücknehmen
links-trace-title = Gut zu wissen.
links-trace = Die Lernplattform kann festhalten, wer die Aktivität wann geöffnet hat. Ein persönlicher Link hinterlässt dort keine Spur.
links-next = Zum Gespräch

### Letter

letter-title = Brief
letter-heading = Einladung zum Gespräch
letter-greeting = { $form ->
    [du] Hallo { $name },
   *[sie] Guten Tag { $name },
}
letter-invitation = { $form ->
    [du] { $initiator } lädt dich zu einem vertraulichen Gespräch per Video ein.
   *[sie] { $initiator } lädt Sie zu einem vertraulichen Gespräch per Video ein.
}
letter-how = { $form ->
    [du] So kommst du herein: Richte die Kamera deines Telefons auf das Muster oder tippe die Adresse ab.
   *[sie] So kommen Sie herein: Richten Sie die Kamera Ihres Telefons auf das Muster oder tippen Sie die Adresse ab.
}
letter-personal = { $form ->
    [du] Der Link ist nur für dich. Er gilt für das erste Gerät, auf dem du ihn öffnest.
   *[sie] Der Link ist nur für Sie. Er gilt für das erste Gerät, auf dem Sie ihn öffnen.
}
letter-voluntary = { $form ->
    [du] Du entscheidest selbst, ob du mitmachst. Ein Nein hat keine Nachteile, und du kannst jederzeit gehen.
   *[sie] Die Teilnahme ist freiwillig. Ein Nein hat keine Nachteile, und Sie können jederzeit gehen.
}
letter-alone = { $form ->
    [du] Bitte such dir einen Ort, an dem niemand mithört.
   *[sie] Bitte suchen Sie sich einen Ort, an dem niemand mithört.
}
letter-ban = Aufnahmen und Bildschirmfotos sind verboten (§§ 201, 201a StGB).

### Cockpit

cockpit-title = Gespräch
cockpit-people = Wer ist da
cockpit-waiting-names = Wartet: { $names }
cockpit-since = wartet seit
cockpit-under = weniger als einer Minute
cockpit-admit = Einlassen
cockpit-admit-name = { $name } einlassen
cockpit-send-back = Zurück in den Warteraum
cockpit-send-back-name = { $name } zurück in den Warteraum schicken
cockpit-turn-away = Abweisen
cockpit-turn-away-name = { $name } abweisen
cockpit-turn-away-hint = Die Person kommt in dieses Gespräch nicht mehr herein. Das lässt sich nicht zurücknehmen.
cockpit-turn-away-final = Endgültig abweisen
cockpit-alarm = { $time }: Jemand war im Raum, ohne eingelassen zu sein.
cockpit-alarm-hint = Der Platz wurde sofort getrennt. Sehen Sie nach, wer im Raum ist, und melden Sie den Vorfall.
cockpit-alarm-by-hand = Entfernen Sie diese Person im Videosystem, und melden Sie den Vorfall. Bleibt es so, wird der Raum von selbst beendet.
cockpit-alarm-look = Sehen Sie nach, wer im Raum ist, und melden Sie den Vorfall.
cockpit-alarm-moderator = { $time }: Jemand anderes hat die Leitung im Raum.
cockpit-alarm-recording = { $time }: Das Videosystem nimmt auf, oder ist dazu bereit.
cockpit-alarm-twice = { $time }: Jemand ist zweimal im Raum. Vielleicht wurde ein Zugang weitergegeben.
cockpit-alarm-breakouts = { $time }: Neben dem Raum gibt es weitere Räume.
cockpit-expired = Das Zertifikat des Videosystems ist abgelaufen. Wer im Raum ist, wissen wir im Moment nicht. Sagen Sie bitte der IT Ihrer Schule Bescheid.
cockpit-slow = Das Videosystem antwortet gerade nicht. Wer im Raum ist, wissen wir im Moment nicht.
cockpit-locked = Der Warteraum ist geschlossen.
cockpit-locked-hint = Wer wartet, wartet weiter. Eingelassen wird niemand, bis Sie ihn öffnen.
cockpit-lock = Niemanden mehr einlassen
cockpit-unlock = Wieder einlassen
cockpit-end = Beenden und löschen
cockpit-room = Raum
cockpit-room-planned = noch nicht geöffnet
cockpit-room-opening = wird geöffnet
cockpit-room-open = offen
cockpit-sealed-hint = Wer zugestimmt hat, kann kurz vor Beginn warten. Öffnen Sie den Raum, wenn Sie bereit sind.
cockpit-opening-hint = Der Raum wird gerade gemacht. Das dauert einen Augenblick.
cockpit-open = Raum öffnen
cockpit-enter = In den Raum
cockpit-opened = Offen seit
cockpit-until = Geplantes Ende in
cockpit-until-under = wenigen Augenblicken
cockpit-links = Zugänge
cockpit-incident = Vorfall melden
cockpit-cancel = Beratung absagen
cockpit-sound = Ton, wenn jemand wartet
cockpit-refresh = Neu laden
cockpit-failed = Das ging gerade nicht. Sehen Sie in der Liste nach, wie es steht.
cockpit-lost = Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte lassen Sie die Seite offen.
cockpit-refused-locked = Der Warteraum ist geschlossen. Öffnen Sie ihn, um jemanden einzulassen.
cockpit-refused-gone = Ihre Verbindung war länger weg, deshalb wird gerade niemand eingelassen. Laden Sie diese Seite neu und versuchen Sie es gleich noch einmal.
cockpit-refused-standing = Diese Person wartet gerade nicht.
cockpit-refused-phase = Der Raum ist nicht offen.

### Recognising somebody

wish-title = { $name } möchte erkannt werden.
wish-hint = So heißt die Person in der Lernplattform. Wer auf Ihrer Liste ist das?
wish-confirm = Das ist { $name }
wish-dismiss = Niemand von der Liste

### End

end-title = Gespräch beenden?
end-text = Der Raum und alle Namen werden sofort gelöscht. Das lässt sich nicht zurücknehmen.
end-cancel-title = Beratung absagen?
end-cancel-text = Alle Zugänge und Namen werden sofort gelöscht. Sagen Sie den Eingeladenen Bescheid.
end-cancel = Absagen und löschen
ended-title = Das Gespräch ist beendet
ended-lead = Der Raum und alle Namen werden jetzt gelöscht. Danach sehen Sie hier den Nachweis.
ended-pending = Die Löschung läuft.
ended-since = Beendet um { $time }.
ended-again = { $attempts ->
    [one] Ein Versuch hat nicht geklappt. Wir versuchen es von selbst weiter, bis alles weg ist.
   *[other] { $attempts } Versuche haben nicht geklappt. Wir versuchen es von selbst weiter, bis alles weg ist.
}
ended-expired = Das Zertifikat des Videosystems ist abgelaufen. Sagen Sie bitte der IT Ihrer Schule Bescheid.
ended-next = Nächster Versuch: { $time }
ended-look = Neu laden

### Opening

elsewhere-title = Gespräch
elsewhere-soon-title = Gleich geht es los
elsewhere-soon = { $form ->
    [du] { $initiator } kommt gleich ins Gespräch. Dann geht es von selbst weiter, du musst nichts tun.
   *[other] { $initiator } kommt gleich ins Gespräch. Dann geht es von selbst weiter, Sie müssen nichts tun.
}
elsewhere-silent = { $form ->
    [du] Der Raum antwortet gerade nicht. Wir versuchen es weiter, bitte lass die Seite offen.
   *[other] Der Raum antwortet gerade nicht. Wir versuchen es weiter, bitte lassen Sie die Seite offen.
}
elsewhere-left-title = { $form ->
    [du] Du bist nicht mehr im Raum
   *[other] Sie sind nicht mehr im Raum
}
elsewhere-left = { $form ->
    [du] Das Gespräch geht vielleicht noch weiter. Du kannst wieder hineingehen oder aufhören.
   *[other] Das Gespräch geht vielleicht noch weiter. Sie können wieder hineingehen oder aufhören.
}
elsewhere-outside = { $form ->
    [du] Wenn du wieder hineinmöchtest, lässt { $initiator } dich noch einmal ein.
   *[other] Wenn Sie wieder hineinmöchten, lässt { $initiator } Sie noch einmal ein.
}
elsewhere-again = Wieder hineingehen
elsewhere-first = Gehen Sie zuerst selbst hinein. Die anderen kommen erst nach Ihnen in den Raum.
elsewhere-tab = Der Raum öffnet sich in einem zweiten Fenster. Lassen Sie diese Seite offen: Hier lassen Sie ein und beenden.
elsewhere-again-there = Wen Sie hier einlassen, den lassen Sie im Raum noch einmal ein.
elsewhere-still-inside = { $name } ist noch im Raum. Bitte entfernen Sie diese Person dort, denn das kann nur das Videosystem selbst. Sonst endet das Gespräch nach einer Minute.
elsewhere-welcome = Die Teilnahme ist freiwillig. Herein kommt nur, wer einzeln eingelassen wird. Nach dem Gespräch wird der Raum gelöscht.
elsewhere-banner = Aufnahmen und Bildschirmfotos sind verboten.
elsewhere-for-moderator = Bitte lassen Sie nur Personen ein, die Sie in Sprechzimmer eingelassen haben, und lassen Sie den Warteraum an.

opening-title = Bevor Sie öffnen
opening-lead = Vier Häkchen, dann ist der Raum offen. Es kommt noch niemand herein.
opening-legend = Ich achte darauf
opening-incomplete = Bitte noch ein Häkchen
opening-people = Ich lasse nur Eingeladene ein.
opening-people-hint = Sie lassen jede Person einzeln ein.
opening-cameras = Ich bitte alle, die Kamera einzuschalten.
opening-cameras-hint = So sehe ich, wer da ist, und ob noch jemand zuhört.
opening-announcement = Ich sage den Satz unten zu Beginn laut.
opening-announcement-hint = Aufnahmen und Bildschirmfotos sind verboten.
opening-consent = Ich nehme selbst freiwillig teil und bin einverstanden.
opening-consent-hint = Auch Ihre Teilnahme ist freiwillig.
opening-say-title = Der Satz für den Anfang
opening-say = { $form ->
    [du] „Bitte nehmt dieses Gespräch nicht auf, auch nicht den Ton allein, und macht keine Bildschirmfotos. Wer es trotzdem tut, kann sich nach §§ 201 und 201a des Strafgesetzbuchs strafbar machen.“
   *[sie] „Bitte nehmen Sie dieses Gespräch nicht auf, auch nicht den Ton allein, und machen Sie keine Bildschirmfotos. Wer es trotzdem tut, kann sich nach §§ 201 und 201a des Strafgesetzbuchs strafbar machen.“
}
opening-open = Raum öffnen
opening-back = Zurück ohne zu öffnen

### Record

record-title = Nachweis
record-gone = Der Raum und alle Namen sind gelöscht.
record-gone-hint = In diesem Nachweis steht keine Person.
record-download = Herunterladen
record-id = Kennung
record-school = Schule
record-planned = Geplant
record-opened = Raum geöffnet
record-never-opened = nie geöffnet
record-ended = Beendet
record-reason = Grund des Endes
record-reason-initiator = von der beratenden Lehrkraft beendet
record-reason-empty = alle hatten den Raum verlassen
record-reason-planned-end = die geplante Zeit war vorbei
record-reason-absent = die beratende Lehrkraft war zu lange nicht da
record-reason-room-lost = das Videosystem hatte den Raum nicht mehr
record-reason-violation = im Raum blieb etwas, was nicht sein darf
record-reason-expired = nie geöffnet, die Zeit war vorbei
record-reason-cancelled = vor dem Öffnen abgesagt
record-reason-restored = mit einer Sicherungskopie zurückgekehrt, deshalb beendet
record-erased = Gelöscht und geprüft
record-invited = Personen auf der Liste
record-admissions = Einlässe
record-backend = Videosystem
record-backend-embedded = eigenes, im selben Programm
record-room = Kennung des Raums
record-rules = Regel für Regel
record-kept = eingehalten
record-noted = vermerkt
record-noted-intruder = Der beratenden Lehrkraft wurde es sofort gemeldet.
record-noted-moderator = Jemand anderes hatte im Raum Rechte der Leitung.
record-noted-twice = Jemand war zweimal zugleich im Raum.
record-noted-breakouts = Neben dem Raum gab es weitere Räume.
record-noted-recording = Das Videosystem hatte aufgezeichnet. Die Aufzeichnung wurde dort gelöscht.
record-never-sealed = Die Liste wurde nie festgelegt. Niemand hatte einen Zugang.
record-rule-1 = Freiwillig, mit Einwilligung
record-rule-1-text = Ohne vorherige Einwilligung konnte niemand warten oder den Raum betreten, auch die beratende Lehrkraft nicht.
record-rule-2 = Teilnehmende vorher festgelegt
record-rule-2-text = Festgelegt am { $time }, { $people ->
    [one] eine Person
   *[other] { $people } Personen
}. Danach konnte niemand dazukommen.
record-rule-3 = Warteraum
record-rule-3-text = Der Warteraum war die ganze Zeit an. Die beratende Lehrkraft hat { $admissions ->
    [0] niemanden
    [one] einmal
   *[other] { $admissions } Mal
} eingelassen.
record-rule-4 = Nur die Lehrkraft leitet
record-rule-4-text = Geleitet hat allein die Person, die die Beratung angelegt hat.
record-rule-5 = Für jedes Gespräch ein neuer Raum
record-rule-5-text = Die Kennung des Raums wurde nur für dieses Gespräch erzeugt und wird nie wieder benutzt.
record-rule-6 = Sofort gelöscht
record-rule-6-text = Der Raum war am { $gone } nachweislich weg. Namen und Schlüssel wurden am { $erased } gelöscht, { $attempts ->
    [one] beim ersten Versuch.
   *[other] beim { $attempts }. Versuch.
}
record-rule-6-no-room = Es gab keinen Raum. Namen und Schlüssel wurden am { $erased } gelöscht.
record-rule-7 = Persönliche Zugänge
record-rule-7-text = Jeder Zugang gehörte einer Person: ihrem Konto in der Lernplattform oder dem ersten Browser ihres Links.
record-rule-8 = Nur Eingeladene im Raum
record-rule-8-text = { $intruders ->
    [0] Im Raum wurde niemand gesehen, der nicht eingelassen war.
    [one] Einmal wurde jemand im Raum gesehen, der nicht eingelassen war. Der Platz wurde sofort getrennt.
   *[other] { $intruders } Mal wurde jemand im Raum gesehen, der nicht eingelassen war. Der Platz wurde sofort getrennt.
}
record-rule-9 = Keine Aufnahmen
record-rule-9-text = Alle wurden vorher auf das Verbot von Aufnahmen und Bildschirmfotos hingewiesen.
record-rule-10 = Vorfälle
record-rule-10-text = { $reported ->
    [0] Es wurde kein Vorfall gemeldet.
    [one] Es wurde ein Vorfall gemeldet.
   *[other] Es wurden { $reported } Vorfälle gemeldet.
}
record-nobody = Dieser Nachweis enthält keine Namen und keine Konten. Namen und Schlüssel gibt es nicht mehr.

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
link-lead = Öffnen Sie Ihre Einladung in dem Browser, in dem Sie später auch sprechen wollen. Sie gilt dann nur dort.
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
invitation-stored-elsewhere = Das Gespräch läuft auf dem Videoserver, den die Schule nutzt. Er zeigt den anderen den Namen und schreibt technische Protokolle, in denen der Name einige Tage stehen kann. Danach löscht sie, wer den Server betreibt.
invitation-trace = Wer über die Lernplattform kommt, hinterlässt dort vielleicht eine Spur: Sie kann festhalten, dass die Aktivität geöffnet wurde. Ein persönlicher Link hinterlässt dort keine.
invitation-picture-title = Bild und Ton
invitation-picture = Bild und Ton sind vom einen Browser zum anderen verschlüsselt und werden nirgends gespeichert.
invitation-picture-elsewhere = Bild und Ton sind auf dem Weg zum Videoserver der Schule verschlüsselt und werden dort nicht gespeichert.
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

### Demonstration

demo-instructions = Sprechzimmer zum Ausprobieren. Alle Daten verschwinden am Ende (Strg-C).
    1. Öffnen Sie { $course } und wählen Sie oben die Beratungslehrkraft.
    2. Öffnen Sie die Aktivität „Beratung“, dann „Sprechzimmer öffnen“, und legen Sie eine Beratung an.
    3. Öffnen Sie { $course } in einem zweiten Browser (oder einem privaten Fenster) und wählen Sie die Schülerin.
    4. Ihr persönlicher Link für Menschen ohne Konto funktioniert in einem dritten Browser.
    5. Als Administration registrieren Sie Sprechzimmer unter „Externe Werkzeuge“ ein zweites Mal, mit einem Link.
    Sprechzimmer selbst: { $service }
demo-instructions-bigbluebutton = Die Gespräche laufen auf einem nachgebildeten BigBlueButton. Gehen Sie als Lehrkraft zuerst hinein; wen Sie hier einlassen, den lassen Sie dort noch einmal ein.
demo-bbb-title = BigBlueButton, nachgebildet
demo-bbb-waits = Sie warten. Die Moderation lässt Sie gleich ein.
demo-bbb-inside = Hier wäre das Gespräch. Im Raum sind:
demo-bbb-lobby = Im Warteraum von BigBlueButton
demo-bbb-leave = Raum verlassen
demo-bbb-end = Für alle beenden
demo-course = Beratung an unserer Schule
demo-activity = Beratung
demo-who = Wer sind Sie gerade?
demo-who-lead = In einer echten Lernplattform melden Sie sich an. Hier genügt ein Klick.
demo-classmates = Weitere Personen im Kurs
demo-add = Aktivität hinzufügen
demo-placed = Die Aktivität steht jetzt im Kurs.
demo-placed-nothing = Es wurde nichts hinzugefügt.
demo-to-course = Zum Kurs
demo-copy = Kopie dieses Kurses
demo-copy-lead = So stehen die hinzugefügten Aktivitäten in einer Kopie des Kurses, zum Beispiel im neuen Schuljahr.
demo-tools = Externe Werkzeuge
demo-pending = Noch nicht aktiv
demo-activate = Aktivieren
demo-register = Werkzeug registrieren
demo-register-lead = Eine echte Lernplattform fragt hier nach dem Link, den „sprechzimmer platform invite“ ausgibt. Hier ist er schon eingefügt.
demo-in-frame = Im Kurs öffnen
demo-in-window = In neuem Fenster öffnen
demo-counsellor = Beratungslehrkraft
demo-teacher = andere Lehrkraft
demo-pupil = Schülerin
demo-mother = Mutter mit Konto
demo-administrator = Administration
