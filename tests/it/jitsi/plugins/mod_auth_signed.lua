-- Stands in for Jitsi's token authentication where Jitsi's own plugins are not at hand: anonymous, but for the holder of an
-- RS256 token in its time, whose claims it writes into the session by the names that Jitsi uses.

local digest = require "openssl.digest";
local formdecode = require "util.http".formdecode;
local json = require "util.json";
local sasl = require "util.sasl";
local generate = require "util.id".long;
local keys = module:require "keys";

local function claims_of(token)
	local head, body, signature = token:match("^([^.]+)%.([^.]+)%.([^.]+)$");
	local key = head and keys.key_of(token);
	local signed = key and key:verify(keys.from_url64(signature), digest.new("sha256"):update(head .. "." .. body));
	local claims = signed and json.decode(keys.from_url64(body) or "") or {};
	local now = os.time();
	local timely = (claims.exp or 0) > now and (claims.nbf or 0) <= now;
	if claims.aud == "jitsi" and claims.iss == "sprechzimmer" and timely then return claims; end
	return nil;
end

-- Prosody's own never gives up: it tries one name after the other.
sasl.registerMechanism("ANONYMOUS", { "anonymous" }, function (self)
	local username = generate():lower();
	if not self.profile.anonymous(self, username, self.realm) then return "failure", "not-authorized"; end
	self.username = username;
	return "success";
end);

local provider = {};

function provider.get_sasl_handler(session)
	return sasl.new(module.host, {
		anonymous = function ()
			local claims = session.auth_token and claims_of(session.auth_token);
			if not claims then return false; end
			session.jitsi_meet_room = claims.room;
			session.jitsi_meet_context_user = claims.context and claims.context.user;
			session.jitsi_meet_context_room = claims.context and claims.context.room;
			return true;
		end;
	});
end

function provider.get_password() return nil; end
function provider.user_exists() return nil; end

module:provides("auth", provider);

module:hook_global("websocket-session", function (event)
	local query = event.request.url.query;
	local header = event.request.headers.authorization;
	event.session.auth_token = header and header:match("^Bearer (.+)$") or query and formdecode(query).token;
end);
