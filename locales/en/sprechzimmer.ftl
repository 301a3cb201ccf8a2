# Every word a person reads, English. The ids are those of the German file.

### Frame

frame-skip = Skip to content
frame-languages = Language
frame-back = Back
frame-more = More about this
frame-foot = Confidential: what is said here is not recorded.

### Errors

error-title = That did not work
error-reference = Reference: { $reference }
error-not-found-title = This page does not exist
error-not-found = Perhaps the consultation is over and deleted. Open the activity in your course again, or ask the person who invited you.
error-not-now-title = Not possible right now
error-not-now = The consultation has moved on in the meantime. Go back and see where it stands.
error-bad-request = Something was missing. Go back and try again.
error-too-many-title = One moment please
error-too-many = These were very many attempts in a short time. Wait a minute and then try again.
error-backend = The video system is not answering right now. Nothing is lost. Try again in a minute.
error-database = We cannot reach our data right now. Nothing is lost. Try again in a minute.
error-cross-site = This request came from another site and was not carried out.
### Room and devices

room-title = Consultation
room-until = Planned to end in
room-until-under = a few moments
room-offline = There is no internet connection.
room-no-script = The call needs JavaScript in the browser.
room-alone = Nobody else is in the room yet.
room-people = The people in this talk
room-controls = Controls
# % is the name
room-joined = % is here.
room-left = % has left.
room-sheet = People
room-sheet-lost = The list is not current. It will be back in a moment.
room-not-done = That did not work. Please try again.
room-close = Close
room-understood = All right
room-more = More about this
room-mute = Mute
room-camera-off = Camera off
room-screen = Show screen
room-incident = Report an incident
room-leave = Leave
room-ban = Recordings and screenshots are forbidden (sections 201, 201a of the German Criminal Code).
room-self = you
room-speaks = is speaking
room-muted = muted
room-no-camera = no camera
room-shares = shows the screen
room-connecting = connecting
room-away = away for a moment
room-lost = The connection is interrupted. We keep trying, please leave this page open.
room-unreachable = The connection cannot be made. Check the internet and try again.
room-to-waiting = Try again
room-replaced = You are in this talk in another window. You can close this one.
room-play = The browser plays the sound only after a click.
room-play-now = Turn the sound on
room-screen-failed = The screen cannot be shown in this browser at the moment.
room-code = Check signs
room-code-alone = As soon as somebody joins, the check signs appear here.
room-code-checking = The check signs are being worked out.
room-code-how = Read the five signs aloud to each other. If everybody sees the same, nobody listens in between.
room-code-more = Picture and sound are encrypted from one browser to the other. The signs are made from the keys and names of everybody in the room. They change when somebody comes or goes. They do not protect against somebody who changes the server itself.
room-code-mismatch = The connection cannot be trusted. Please say nothing more in confidence and end the talk.
# 64 words in the order of the signs in room.html
room-code-words = dog, cat, lion, horse, unicorn, pig, elephant, rabbit, panda, hen, penguin, turtle, fish, octopus, butterfly, snail, tulip, tree, cactus, mushroom, earth, moon, star, rainbow, fire, banana, apple, strawberry, lemon, corn, pizza, cake, cheese, robot, hat, glasses, crown, spoon, door, hammer, key, bell, clock, hourglass, gift, lamp, book, clip, pin, flag, balloon, engine, bicycle, car, rocket, boat, anchor, cup, football, guitar, trumpet, headphones, house, chair

device-camera-not-allowed = The browser may not use the camera. You can change this at the lock beside the address.
device-microphone-not-allowed = The browser may not use the microphone. You can change this at the lock beside the address.
device-camera-not-found = No camera is connected. You can talk without a camera.
device-microphone-not-found = No microphone is connected. The others cannot hear you like this.
device-camera-in-use = The camera does not answer. Another program may be using it: close it and turn the camera on again.
device-microphone-in-use = The microphone does not answer. Another program may be using it: close it and turn the microphone on again.
# the device check speaks about both at once
device-not-allowed = The browser may not use the camera or the microphone. Click the lock beside the address, allow both and try again.
device-not-found = A camera or a microphone is missing. Connect it, or go on without a camera.
device-in-use = The camera or the microphone does not answer. Another program may be using it: close it and try again.
device-insecure = At this address the browser does not allow camera and microphone. Please open the address with https:// or tell the school.
device-other = The camera or the microphone does not work at the moment. Reload the page or use another browser.
device-title = Camera and microphone
device-lead = Here you see and hear yourself. Nobody sees or hears you yet.
device-ask = Turn on camera and microphone
device-without-camera = Go on without a camera
device-picture-off = The camera is off.
device-level = Say something: the bar moves when the microphone hears you.
device-camera = Camera
device-microphone = Microphone
device-next = Next
