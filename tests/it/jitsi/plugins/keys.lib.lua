-- The public key of a token, out of a file with a JSON Web Key Set; read anew each time, as a test may write it late.

local base64 = require "util.encodings".base64;
local json = require "util.json";
local bignum = require "openssl.bignum";
local pkey = require "openssl.pkey";

local path = module:get_option_string("test_keys_file");

local function from_url64(text)
	local rest = #text % 4;
	return base64.decode((text:gsub("-", "+"):gsub("_", "/")) .. (rest > 0 and ("="):rep(4 - rest) or ""));
end

local function key_of(token)
	local header = json.decode(from_url64(token:match("^([^.]+)") or "") or "");
	local file = io.open(path);
	local set = file and json.decode(file:read("*a"));
	if file then file:close(); end
	for _, jwk in ipairs(header and set and set.keys or {}) do
		if jwk.kid == header.kid then
			local key = pkey.new({ type = "RSA" });
			key:setParameters({
				n = bignum.fromBinary(from_url64(jwk.n));
				e = bignum.fromBinary(from_url64(jwk.e));
			});
			return key;
		end
	end
	return nil;
end

return { key_of = key_of, from_url64 = from_url64 };
