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

### Launch

login-title = One moment please
login-lead = The learning platform is confirming who is coming in.
login-go = Continue

launch-window-title = Please open this in its own window
launch-window = The browser does not let Sprechzimmer store anything in this frame. Open the course in a new window and open Sprechzimmer there again. Or ask your teacher to set the activity to “new window”.
launch-cookies-title = Sprechzimmer needs a cookie
launch-cookies = The browser stores no cookies here at all. Allow them for this address and open Sprechzimmer in your course again. The cookie is valid only here and only for today.
launch-back = To the learning platform

refused-again-title = Please open it again
refused-again = The way here was no longer valid. Go back to your course and open Sprechzimmer again.
refused-reloaded-title = This page works only once
refused-reloaded = It has been opened before, for instance by reloading it. Go back to your course and open Sprechzimmer again.
refused-denied-title = The learning platform did not agree
refused-denied = Perhaps you are no longer logged in there, or the activity is not open to you. Log in there again and open Sprechzimmer in your course.
refused-silent-title = The learning platform does not answer
refused-silent = We could not check that you come from there. Wait a minute and open Sprechzimmer in your course again.
refused-clock-title = That took too long
refused-clock = Open Sprechzimmer in your course again. If that does not help, the clocks of the two systems differ. Please tell your school’s administrator.
refused-registration-title = Something is still missing in the setup
refused-registration = Sprechzimmer and your learning platform do not know each other properly yet. Please tell your school’s administrator.
refused-message-title = The learning platform sent something unexpected
refused-message = Open Sprechzimmer in your course again. If that does not help, please tell your school’s administrator.
refused-administrator = For the administrator
refused-administrator-lead = Compare these values with the registration in the learning platform and with the configuration. The log has this case under the reference.
refused-reason = Reason
refused-code = Code
refused-clause = Clause

### Start page

start-title = Sprechzimmer
start-lead = This is the place for confidential counselling talks, in a window of its own.
start-open = Open Sprechzimmer
start-opened = Sprechzimmer is open in its own window.
start-over = This page is a little old. Please open the activity in the course again.
start-expired-title = That was a little too late
start-expired = For safety the button works only for a short time and only once. Close this window and open Sprechzimmer in your course again.

### Landing

landing-title = Sprechzimmer
landing-lead = This is where the school holds confidential counselling talks by video. Nobody can enter without an invitation, and after the talk everything is deleted.
landing-course = You have an account in the learning platform? Open Sprechzimmer there, in your course.
landing-link = You received a personal link? Open exactly this link.
landing-left = You have left.
landing-left-lead = Nothing of yours remains on this device. You can close the window.
landing-setup-title = For the administrator
landing-setup = No learning platform is registered yet. Create an external tool (LTI 1.3) there with these addresses and enter the platform’s values into the configuration.
landing-setup-login = Login initiation address
landing-setup-launch = Address of the tool and of the redirect
landing-setup-keys = Address of the public keys

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
