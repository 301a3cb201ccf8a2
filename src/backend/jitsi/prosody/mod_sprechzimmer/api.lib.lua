-- What the service asks for, over HTTP: to begin a talk, to let a person in or send them out, to look, and to end it.
--
-- The service alone may ask; it shows a key. Names of rooms and ids of people in the addresses are random, so that no log of
-- addresses tells who talked; the names that others see are in the bodies.
--
--   GET    /sprechzimmer/status                     what is watched over
--   PUT    /sprechzimmer/rooms/ROOM                 begins a talk: { "moderator": ID, "seconds": at the longest }
--   GET    /sprechzimmer/rooms/ROOM                 who is inside, who waits, and whether the room is as it must be
--   PUT    /sprechzimmer/rooms/ROOM/people/ID       lets a person in, until they are sent out: { "name": as others see it }
--   DELETE /sprechzimmer/rooms/ROOM/people/ID       sends a person out
--   DELETE /sprechzimmer/rooms/ROOM                 ends the talk for everybody and for ever

local array = require "util.array";
local hashes = require "util.hashes";
local json = require "util.json";
local utf8_valid = require "util.encodings".utf8.valid;

local VERSION = 1;
local SHORTEST_KEY = 32; -- characters
local LONGEST_BODY = 4096; -- bytes
local LONGEST_NAME = 800; -- bytes

-- What the rules offer; given below.
local rules;

local function read_key()
	local file = io.open(module:get_option_string("sprechzimmer_key_file", "/etc/prosody/sprechzimmer.key"));
	local text = file and file:read("*a") or "";
	if file then file:close(); end
	local key = text:match("^%s*(.-)%s*$");
	if #key >= SHORTEST_KEY then return key; end
	module:log("error", "No key of at least %d characters in sprechzimmer_key_file: no talk can be begun", SHORTEST_KEY);
	return nil;
end

local key = read_key();

-- Hashes are compared, in constant time: neither the length nor the beginning of the key shows.
local function is_service(request)
	local given = (request.headers.authorization or ""):match("^Bearer (.+)$");
	return key and given and hashes.equals(hashes.sha256(given), hashes.sha256(key));
end

local function is_id(text)
	return type(text) == "string" and #text <= 64 and text:find("^[%l%d-]+$") ~= nil;
end

local function body_of(request)
	local body = request.body or "";
	local value = #body <= LONGEST_BODY and json.decode(body);
	return type(value) == "table" and value or {};
end

local function answer(value)
	return { status_code = 200, headers = { content_type = "application/json" }, body = json.encode(value) };
end

local function status()
	local lobby = rules.muc_of(rules.lobby) and rules.lobby or json.null;
	return answer({ version = VERSION, domain = module.host, rooms = rules.main, lobby = lobby });
end

local function begin(request, name)
	local body, muc = body_of(request), rules.muc_of(rules.main);
	if not is_id(body.moderator) or type(body.seconds) ~= "number" then return 400; end
	if rules.talks[name] or rules.is_over(name) or rules.room_on(rules.main, name) then return 409; end
	if not muc then return 503; end
	rules.talks[name] = {
		moderator = body.moderator;
		not_after = os.time() + body.seconds;
		seen = os.time();
		people = {};
		ids = {};
	};
	local room = muc.create_room(name .. "@" .. rules.main);
	if not room then
		rules.talks[name] = nil;
		return 503;
	end
	rules.secure(room);
	return 201;
end

-- Everybody in a room but the focus. A connection that belongs to nobody we know has no id.
local function people_in(room, talk)
	local list = array();
	if not room then return list; end
	for _, occupant in room:each_occupant() do
		if not rules.is_focus(occupant.bare_jid) then
			list:push({ id = talk.ids[occupant.bare_jid] or json.null, moderator = occupant.role == "moderator" });
		end
	end
	return list;
end

local function show(_, name, talk)
	local room = rules.room_on(rules.main, name);
	return answer({
		waiting_room = room == nil or room:get_members_only() == true;
		password = room ~= nil and room:get_password() ~= nil;
		inside = people_in(room, talk);
		waiting = people_in(rules.room_on(rules.lobby, name), talk);
	});
end

local function finish(_, name)
	rules.finish(name);
	return 204;
end

local function let_in(request, _, talk, id)
	local name = body_of(request).name;
	if type(name) ~= "string" or #name > LONGEST_NAME or not utf8_valid(name) then return 400; end
	talk.people[id] = name;
	return 204;
end

local function send_out(_, name, talk, id)
	if not talk.people[id] then return 404; end
	talk.people[id] = nil;
	rules.put_out_person(talk, name, id);
	return 204;
end

-- Answers a request of the service about a talk there is: `of_talk(request, name, talk)`, or where the address goes on with a
-- person `of_person(request, name, talk, id)`.
local function about(of_talk, of_person)
	return function (event, path)
		if not is_service(event.request) then return 401; end
		local name, rest = path:match("^([^/]+)(.*)$");
		local id = rest and rest:match("^/people/([^/]+)$");
		local talk = name and rules.talks[name];
		if talk and rest == "" then return of_talk(event.request, name, talk); end
		if talk and is_id(id) and of_person then return of_person(event.request, name, talk, id); end
		return 404;
	end
end

local let_person_in = about(function () return 409; end, let_in);

local function put(event, path)
	if is_service(event.request) and is_id(path) then return begin(event.request, path); end
	return let_person_in(event, path);
end

return function (given)
	rules = given;
	module:depends("http");
	module:provides("http", {
		default_path = "/sprechzimmer";
		route = {
			["GET /status"] = function (event) return is_service(event.request) and status() or 401; end;
			["GET /rooms/*"] = about(show);
			["PUT /rooms/*"] = put;
			["DELETE /rooms/*"] = about(finish, send_out);
		};
	});
end;
