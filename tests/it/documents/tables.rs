//! What stands in the database, of whom, and for how long: one row for each table.

/// When a row of a table goes.
pub(super) enum End {
    /// After a period of `PERIODS`, and what may end it sooner.
    After(&'static str, &'static str),
    /// After a period of the configuration.
    Remember,
    /// Otherwise.
    When(&'static str),
}

use End::{After, Remember, When};

/// Every table of the database, what of people stands in it, in which form, and when it goes.
pub(super) const TABLES: [(&str, &str, &str, End); 30] = [
    (
        "consultation",
        "geplante und laufende Beratungen: wer sie begonnen hat, Zeiten, Videosystem",
        "Name verschlüsselt, Person und Kurs als Hash mit Schlüssel",
        When("bis die Löschung nach dem Ende bewiesen ist; ungenutzte enden nach der geplanten Zeit und `grace`"),
    ),
    (
        "participant",
        "Liste der Eingeladenen: Name, Einwilligung, Warten, Einlass, persönlicher Link",
        "Name verschlüsselt, Person, Link und Browser als Hash",
        When("mit der Beratung"),
    ),
    (
        "incident",
        "gemeldeter Vorfall: Art und Zeit",
        "keine Person",
        When("mit der Beratung; Art und Zeit bleiben im Protokoll"),
    ),
    (
        "ticket",
        "Eintrittskarte in den Raum",
        "Hash",
        After("ticket", "oder mit dem Eintritt"),
    ),
    (
        "placement",
        "Freigabe einer Beratung für ihren Kurs",
        "Hash mit Schlüssel",
        When("mit der Beratung, oder bis zur Rücknahme"),
    ),
    (
        "visit",
        "Anmeldung im Browser: Kennung und Name aus der Lernplattform, Kurs",
        "verschlüsselt",
        After("visit", "oder mit dem Abmelden"),
    ),
    (
        "handover",
        "Übergang aus dem Rahmen der Lernplattform in einen eigenen Tab",
        "verschlüsselt",
        After("handover", "erneuerbar bis zu 10 Minuten nach dem Start"),
    ),
    (
        "choice",
        "Auswahl, was in einen Kurs gestellt wird",
        "verschlüsselt",
        After("choice", "oder mit der Antwort"),
    ),
    (
        "spent_nonce",
        "verbrauchte Einmalzahl eines Starts",
        "Hash mit Schlüssel",
        When("bis die Nachricht der Lernplattform abgelaufen ist"),
    ),
    (
        "acquaintance",
        "wer in diesem Kurs zuletzt gestartet ist, zum Auswählen",
        "verschlüsselt",
        Remember,
    ),
    (
        "petition",
        "Bitte, als Person auf der Liste erkannt zu werden",
        "verschlüsselt",
        Remember,
    ),
    (
        "passkey",
        "Passkey: öffentlicher Schlüssel, Zähler, Name des Geräts",
        "verschlüsselt, Person als Hash mit Schlüssel",
        After("passkey", "nach der letzten Verwendung, oder bis sie entfernt werden"),
    ),
    (
        "passkey_challenge",
        "Frage, die ein Passkey beantwortet",
        "Hash",
        After("challenge", "oder mit der Antwort"),
    ),
    (
        "known_browser",
        "dass ein Browser einer Person gehört",
        "Hash",
        After("browser", "nach dem letzten Nachweis"),
    ),
    (
        "counsellor",
        "dass jemand nach einem Passkey gefragt wurde",
        "Hash mit Schlüssel",
        After("asked", ""),
    ),
    (
        "recovery",
        "Nummer für die Verwaltung, wenn ein Passkey verloren ging",
        "Hash mit Schlüssel",
        After("recovery", "oder mit der Verwendung"),
    ),
    (
        "administrative_act",
        "Verwaltungsakte: Zeit und Art",
        "Person als Hash mit Schlüssel",
        After("act", "dann ohne Person; Zeit und Art bleiben"),
    ),
    (
        "acknowledgement",
        "in welchem Browser ein Verwaltungsakt gelesen wurde",
        "Hash",
        When("mit dem Verwaltungsakt"),
    ),
    (
        "receipt",
        "wer sich den Nachweis einer Löschung hier noch ansehen darf",
        "Hash mit Schlüssel",
        After("receipt", ""),
    ),
    ("record", "Protokoll einer Löschung", "keine Person", When("auf Dauer")),
    (
        "orphan_room",
        "Raum, den niemand braucht und der noch nicht nachweislich fort ist",
        "keine Person",
        When("bis er fort ist"),
    ),
    (
        "platform",
        "angemeldete Lernplattform",
        "keine Person",
        When("bis `platform remove`"),
    ),
    (
        "deployment",
        "freigegebene und wartende Einbindungen der Lernplattform",
        "keine Person",
        When("bis `platform remove`"),
    ),
    (
        "platform_invitation",
        "Link, mit dem sich eine Lernplattform anmeldet",
        "Hash, keine Person",
        After("invitation", "oder mit der Anmeldung"),
    ),
    (
        "signing_key",
        "Schlüssel, mit denen wir gegenüber Lernplattformen unterschreiben",
        "verschlüsselt, keine Person",
        When("SIGNS"),
    ),
    (
        "home",
        "wo die Datenbank liegt, damit eine zurückgespielte Sicherung auffällt",
        "keine Person",
        When("auf Dauer"),
    ),
    (
        "key_check",
        "womit geprüft wird, ob die Schlüsseldatei zur Datenbank gehört",
        "verschlüsselt, keine Person",
        When("auf Dauer"),
    ),
    (
        "replica",
        "laufende Prozesse des Dienstes: Name, Adresse, Frist",
        "keine Person",
        When("bis ein anderer Prozess den Namen übernimmt"),
    ),
    (
        "open_page",
        "bei welchem Prozess eine Seite einer Beratung offen ist",
        "zufällige Kennungen der Beratung",
        When("bis die Seite geschlossen ist, längstens mit der Beratung"),
    ),
    (
        "sighting",
        "wer gerade im Raum ist, damit andere Prozesse es zeigen können",
        "verschlüsselt",
        When("mit der Beratung"),
    ),
];
