//! What stays on the servers of a Jitsi after a talk, and what must not be installed there; no call of ours changes it.

/// One line for each: what it is, and what to set.
pub const OPERATORS_PART: [&str; 6] = [
    "the web server would write down tokens: set `access_log off` (nginx) for /xmpp-websocket and /http-bind",
    "Jitsi's `token_verification` writes a refused token into Prosody's log: no name is in it, and it opens this one room for five \
     minutes; let the log rotate daily",
    "jicofo and the video bridge write down addresses of people: set their level to WARNING in /etc/jitsi/jicofo/logging.properties and \
     /etc/jitsi/videobridge/logging.properties, and let the logs rotate daily",
    "nothing can record or leave the room by telephone with neither Jibri nor Jigasi, and no transcription, installed",
    "`conference.enable-auto-owner = false` in jicofo, no breakout rooms, no visitors, no file sharing: the module closes the rooms to \
     them, and what is not installed cannot fail",
    "only the address of Sprechzimmer may open /sprechzimmer/ there: `allow` it and `deny all` others in the web server",
];
