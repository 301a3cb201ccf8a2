-- Makes one Jitsi Meet keep the rules of Sprechzimmer: a room exists only for a talk that the service has begun, only whom the
-- service has let in comes in, there is one moderator, and nobody can change any of that from inside.
--
-- Loaded on the VirtualHost on which people connect. It needs nothing of Jitsi but what Jitsi's token authentication writes into
-- a session: `jitsi_meet_room` and `jitsi_meet_context_user.id`, both out of a token that the service has signed.
-- Everything is kept in memory: after a restart of Prosody every talk is unknown and everybody is refused.

local cache = require "util.cache";
local jid = require "util.jid";
local st = require "util.stanza";

local NICK = "http://jabber.org/protocol/nick";

local main = module:get_option_string("main_muc", "conference." .. module.host);
local lobby = module:get_option_string("lobby_muc", "lobby." .. module.host);
-- the one technical account that enters rooms: Jitsi's conference focus (jicofo)
local focus = module:get_option_string("sprechzimmer_focus", "focus@auth." .. module.host);
-- seconds that people may be in the room without the moderator before everybody is put out and has to be let in again
local grace = module:get_option_number("sprechzimmer_moderator_grace", 30);
-- seconds without the moderator after which the talk is over
local absence = module:get_option_number("sprechzimmer_moderator_absence", 600);

-- room name -> { moderator, not_after, seen, alone_since, people = { id -> name }, ids = { bare JID -> id } }
local talks = module:shared("talks");
-- names of talks that are over and never come back
local past = module:shared("past");
past.names = past.names or cache.new(65536);

-- What a talk knows ---------------------------------------------------------------------------------------------------------

local function talk_of(room_jid)
	return talks[jid.node(room_jid) or ""];
end

-- Who a connection belongs to, if the service has signed it for exactly this room.
local function identity(session, room_jid)
	if not session or session.type ~= "c2s" or session.host ~= module.host then return nil; end
	-- a token may carry a pattern for rooms; the service never writes one
	if session.jitsi_meet_context_room or session.jitsi_meet_room ~= jid.node(room_jid) then return nil; end
	local user = session.jitsi_meet_context_user;
	local id = type(user) == "table" and user.id;
	return type(id) == "string" and id or nil;
end

local function is_focus(address)
	return jid.bare(address) == focus;
end

local function muc_of(host)
	local there = prosody.hosts[host];
	return there and there.modules.muc;
end

local function room_on(host, name)
	local muc = muc_of(host);
	return muc and muc.get_room_from_jid(name .. "@" .. host) or nil;
end

-- What the module does to a room --------------------------------------------------------------------------------------------

-- Brings a room to the one state it may be in; done again at every join, whatever was done to it in between.
local function secure(room)
	room:set_members_only(true);
	room:set_password("");
	room:set_public(false);
	room:set_persistent(true); -- in memory, until the talk is over: it stays although it is empty
	if not room._data.lobbyroom then
		-- Jitsi's lobby, where it is installed
		prosody.events.fire_event("create-lobby-room", { room = room, skip_display_name_check = true });
	end
end

local function put_out(room, bare_jid)
	for nick, occupant in room:each_occupant() do
		if occupant.bare_jid == bare_jid then room:set_role(true, nick, nil); end
	end
	room:set_affiliation(true, bare_jid, nil);
end

-- Puts a person out of room and lobby, in all connections but `except`.
local function put_out_person(talk, name, id, except)
	for bare_jid, whose in pairs(talk.ids) do
		if whose == id and bare_jid ~= except then
			talk.ids[bare_jid] = nil;
			for _, host in ipairs({ main, lobby }) do
				local room = room_on(host, name);
				if room then put_out(room, bare_jid); end
			end
		end
	end
end

-- Everybody but the moderator goes, and has to be let in again.
local function put_out_people(talk, name)
	for id in pairs(talk.people) do
		if id ~= talk.moderator then
			talk.people[id] = nil;
			put_out_person(talk, name, id);
		end
	end
end

local function finish(name)
	talks[name] = nil;
	past.names:set(name, true);
	for _, host in ipairs({ lobby, main }) do
		local room = room_on(host, name);
		if room then
			room:set_persistent(false); -- or it would leave a tombstone with its reason
			room:destroy(nil, "The talk is over");
		end
	end
end

local function refuse(event, words)
	event.origin.send(st.error_reply(event.stanza, "cancel", "not-allowed", words));
	return true;
end

-- The name that the service has given, whatever the browser says.
local function stamp(stanza, name)
	stanza:remove_children("nick", NICK);
	stanza:text_tag("nick", name, { xmlns = NICK });
end

-- The rules in the rooms ----------------------------------------------------------------------------------------------------

local function pre_create(event)
	local address = event.room.jid;
	if talk_of(address) then return nil; end
	if is_focus(event.stanza.attr.from) and (jid.node(address) or ""):find("^__jicofo%-health%-check") then return nil; end
	return refuse(event, "There is no such talk");
end

-- Jitsi's own modules know the focus by this seat alone.
local function poses_as_focus(occupant)
	return jid.resource(occupant.nick) == "focus";
end

local function pre_join(event)
	local room, occupant = event.room, event.occupant;
	if is_focus(occupant.bare_jid) then
		if talk_of(room.jid) then secure(room); end
		return nil;
	end
	local name, talk = jid.node(room.jid), talk_of(room.jid);
	local id = talk and identity(event.origin, room.jid);
	local shown = id and talk.people[id];
	if not shown or poses_as_focus(occupant) then return refuse(event, "Nobody has let you in"); end
	secure(room);
	put_out_person(talk, name, id, occupant.bare_jid); -- one seat for each person: the newest connection has it
	talk.ids[occupant.bare_jid] = id;
	local affiliation = id == talk.moderator and "owner" or "member";
	room:set_affiliation(true, occupant.bare_jid, affiliation);
	occupant.role = room:get_default_role(affiliation);
	stamp(event.stanza, shown);
end

local function pre_change(event)
	local talk = talk_of(event.room.jid);
	local id = talk and talk.ids[event.orig_occupant.bare_jid];
	if id and poses_as_focus(event.dest_occupant) then return refuse(event, "This seat is taken"); end
	if id then stamp(event.stanza, talk.people[id] or ""); end
end

local function message(event)
	local talk = talk_of(event.room.jid);
	-- what goes to one person has the sender's seat in it already
	local occupant = event.occupant or event.room:get_occupant_by_nick(event.stanza.attr.from);
	local id = talk and occupant and talk.ids[occupant.bare_jid];
	if id then stamp(event.stanza, talk.people[id] or ""); end
end

-- Nobody grants what makes a moderator, the focus included (`enable-auto-owner`); there is one, and the service has named them.
local function is_moderator(room, bare_jid)
	local talk = talk_of(room.jid);
	return talk and talk.ids[bare_jid] == talk.moderator;
end

local function pre_set_affiliation(event)
	local higher = event.affiliation == "owner" or event.affiliation == "admin";
	if higher and not is_focus(event.jid) and not is_moderator(event.room, event.jid) then event.allowed = false; end
end

local function pre_set_role(event)
	if event.role == "moderator" and not is_moderator(event.room, event.occupant.bare_jid) then
		event.allowed, event.error, event.condition = false, "cancel", "not-allowed";
	end
end

-- The waiting room stays on, no password lets anybody pass it, and the room stays closed: nobody changes its configuration.
-- The focus does so once, and its form is corrected: a form without the field would switch the waiting room off.
local function configuration(event)
	local stanza = event.stanza;
	if not is_focus(stanza.attr.from) then return refuse(event, "The service alone configures this room"); end
	local form = stanza.tags[1]:get_child("x", "jabber:x:data");
	if not form or form.attr.type ~= "submit" then return nil; end
	form:maptags(function (field)
		local var = field.attr.var;
		if var == "FORM_TYPE" or var == "muc#roomconfig_whois" then return field; end
		return nil;
	end);
	form:tag("field", { var = "muc#roomconfig_membersonly" }):text_tag("value", "1"):up();
end

-- Whoever is not inside sees nothing: not who is there, not even whether there is a room.
local function question(event)
	local from, room_jid = event.stanza.attr.from, jid.bare(event.stanza.attr.to);
	local room = room_on(jid.host(room_jid), jid.node(room_jid) or "");
	if is_focus(from) or event.stanza.attr.type == "result" or event.stanza.attr.type == "error" then return nil; end
	if room and room:get_occupant_by_real_jid(from) then return nil; end
	return refuse(event, "You are not in this room");
end

-- The moderator's browser looks into the lobby; of the others, those who are let in pass it by, and nobody else gets there.
local function pre_join_lobby(event)
	if is_focus(event.occupant.bare_jid) then return nil; end
	local talk = talk_of(event.room.jid);
	local id = talk and identity(event.origin, event.room.jid);
	if not id or not talk.people[id] then return refuse(event, "Nobody has let you in"); end
	talk.ids[event.occupant.bare_jid] = id;
	stamp(event.stanza, talk.people[id]);
end

-- All other rooms of this server (breakout rooms, those of the technical accounts) are closed to people.
local function technical_only(event)
	if jid.host(event.stanza.attr.from) ~= jid.host(focus) then return refuse(event, "This room is closed"); end
end

-- Watching over every MUC component -----------------------------------------------------------------------------------------

local FIRST = 200; -- before all other modules: those of Jitsi begin at 99
local guarded = {};

local function guard(host)
	if guarded[host] or not muc_of(host) then return; end
	guarded[host] = true;
	local component = module:context(host);
	if host ~= main and host ~= lobby then
		component:hook("muc-room-pre-create", technical_only, FIRST);
		component:hook("muc-occupant-pre-join", technical_only, FIRST);
		return;
	end
	component:hook("muc-room-pre-create", pre_create, FIRST);
	component:hook("muc-occupant-pre-join", host == main and pre_join or pre_join_lobby, FIRST);
	component:hook("muc-occupant-pre-change", pre_change, FIRST);
	component:hook("muc-occupant-groupchat", message, FIRST);
	component:hook("muc-private-message", message, FIRST);
	component:hook("muc-pre-set-affiliation", pre_set_affiliation, FIRST);
	component:hook("muc-pre-set-role", pre_set_role, FIRST);
	component:hook("iq/bare", question, FIRST);
	component:hook("iq-set/bare/http://jabber.org/protocol/muc#owner:query", configuration, FIRST);
end

for host in pairs(prosody.hosts) do guard(host); end
module:hook_global("host-activated", guard, -FIRST); -- after its modules are loaded

-- Time ----------------------------------------------------------------------------------------------------------------------

local function look(name, talk, now)
	local room = room_on(main, name);
	local moderator_there, others_there = false, false;
	if room then
		for _, occupant in room:each_occupant() do
			local id = talk.ids[occupant.bare_jid];
			moderator_there = moderator_there or id == talk.moderator;
			others_there = others_there or (id and id ~= talk.moderator);
		end
	end
	if moderator_there then talk.seen = now; end
	talk.alone_since = others_there and not moderator_there and (talk.alone_since or now) or nil;
	if now >= talk.not_after or now - talk.seen >= absence then
		finish(name);
	elseif talk.alone_since and now - talk.alone_since >= grace then
		put_out_people(talk, name);
	end
end

module:add_timer(1, function ()
	local now = os.time();
	for name, talk in pairs(talks) do look(name, talk, now); end
	return 1;
end);

-- What the service asks for over HTTP ---------------------------------------------------------------------------------------

module:require "api"({
	talks = talks;
	main = main;
	lobby = lobby;
	is_focus = is_focus;
	muc_of = muc_of;
	room_on = room_on;
	secure = secure;
	put_out_person = put_out_person;
	finish = finish;
	is_over = function (name) return past.names:get(name) ~= nil; end;
});
