-- The Prosody of one test; what is in capitals is filled in. Nothing leaves this machine and nothing is kept.
pidfile = "FOLDER/prosody.pid"
data_path = "FOLDER/data"
certificates = "FOLDER"
run_as_root = true
daemonize = false
log = { info = "FOLDER/prosody.log" }
plugin_paths = { MODULE_PATHS }
modules_enabled = { "saslauth", "disco", "http", "websocket", "smacks" }
modules_disabled = { "s2s", "offline", "admin_shell", "tls" }
c2s_ports = {}
c2s_direct_tls_ports = {}
https_ports = {}
http_interfaces = { "ADDRESS" }
http_ports = { 5280 }
http_default_host = "meet.test"
consider_websocket_secure = true
allow_unencrypted_plain_auth = true
storage = "memory"
admins = { "focus@auth.meet.test", "operator@auth.meet.test" }
test_keys_file = "FOLDER/keys.json"
main_muc = "conference.meet.test"
lobby_muc = "lobby.meet.test"
muc_mapper_domain_base = "meet.test"
muc_mapper_domain_prefix = "conference"

VirtualHost "meet.test"
    authentication = "AUTHENTICATION"
    app_id = "sprechzimmer"
    asap_key_server = "http://127.0.0.1:1"
    asap_accepted_audiences = { "jitsi" }
    signature_algorithm = "RS256"
    enable_domain_verification = false
    modules_enabled = { HOST_MODULES }
    sprechzimmer_key_file = "FOLDER/sprechzimmer.key"
    sprechzimmer_moderator_grace = GRACE
    sprechzimmer_moderator_absence = ABSENCE

VirtualHost "auth.meet.test"
    authentication = "internal_plain"
    storage = "internal"

-- another door, as an operator may have left one open
VirtualHost "guest.meet.test"
    authentication = "anonymous"

Component "conference.meet.test" "muc"
    restrict_room_creation = true
    muc_room_locking = false
    muc_room_default_public_jids = true
    modules_enabled = { ROOM_MODULES }

Component "lobby.meet.test" "muc"
    muc_room_locking = false
    muc_room_default_public_jids = true

Component "breakout.meet.test" "muc"
    muc_room_locking = false
