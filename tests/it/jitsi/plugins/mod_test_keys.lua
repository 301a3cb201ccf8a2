-- Gives Jitsi's own token authentication the public key of the test, so that it need not ask a server for it.

local keys = module:require "keys";

module:hook_global("pre-jitsi-authentication-fetch-key", function (session)
	local key = session.auth_token and keys.key_of(session.auth_token);
	session.public_key = key and key:toPEM("public") or nil;
end);
