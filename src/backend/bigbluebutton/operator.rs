//! What stays on the server for a while after the end of a room, and which settings there change it; no call deletes it.

/// One line for each trace: what it is, and what to set. The files are those of a server installed by `bbb-install`.
pub const OPERATORS_PART: [&str; 9] = [
    "the web server logs every way in with the name in it (nginx, 14 days): set `access_log off` for \
     /bigbluebutton/api/join",
    "bbb-web logs names while its level is DEBUG (14 to 28 days): set `appLogLevel=WARN` in \
     /etc/bigbluebutton/bbb-web.properties",
    "names of people stay in memory for an hour after they left: set `sessionsCleanupDelayInMinutes=1` in \
     /etc/bigbluebutton/bbb-web.properties",
    "files of a room stay for 5 days in /var/bigbluebutton: set `history=1` in /etc/cron.daily/bigbluebutton",
    "nothing can be recorded by mistake with `disableRecordingDefault=true` in /etc/bigbluebutton/bbb-web.properties; \
     recordings deleted by a call lie in /var/bigbluebutton/deleted until you remove them",
    "an address used twice throws the first person out, so that it is noticed, with `maxUserConcurrentAccesses=1` in \
     /etc/bigbluebutton/bbb-web.properties",
    "keep `authenticatedGuest=true` (the default) in /etc/bigbluebutton/bbb-web.properties; without it the self-test refuses",
    "the lobby cannot be switched off by mistake with `public.app.dynamicGuestPolicy: false` in \
     /etc/bigbluebutton/bbb-html5.yml",
    "dial-in by telephone passes every waiting room and ends a talk at once: configure no telephone provider, and send no \
     events of rooms elsewhere (bbb-webhooks)",
];
