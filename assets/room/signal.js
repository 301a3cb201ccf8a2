// The one connection to the room: a ticket in, messages both ways, resumed when it breaks, and a plain answer when it is over.

const RESUME_FOR = 15_000; // the server keeps the seat this long
const PAUSE = 700;

// why a room is over for this person, by WebSocket close code
/** @type {Record<number, 'denied' | 'returned' | 'replaced' | 'ended' | undefined>} */
const ENDINGS = { 4403: 'denied', 4408: 'returned', 4409: 'replaced', 4410: 'ended' };

/**
 * @param {{ ticket: string, socket: string }} paths
 * @param {{ message: (message: any) => void, lost: () => void, over: (why: 'denied' | 'returned' | 'replaced' | 'ended' | 'left' | 'no-ticket' | 'unreachable') => void }} tell
 */
export function connect(paths, tell) {
  const address = new URL(paths.socket, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  /** @type {WebSocket | undefined} */
  let socket;
  let key = '';
  let lostAt = 0;
  let done = false;
  let admitted = false; // before that the server wants one frame and nothing else

  const finish = (/** @type {Parameters<typeof tell.over>[0]} */ why) => {
    if (done) return;
    done = true;
    tell.over(why);
  };

  async function enter() {
    let ticket;
    try {
      const answer = await fetch(paths.ticket, { method: 'POST', headers: { accept: 'application/json' } });
      if (answer.status >= 500) return retry();
      if (!answer.ok || answer.redirected) return finish('no-ticket');
      ({ ticket } = await answer.json());
    } catch {
      return retry();
    }
    open({ t: 'hello', ticket });
  }

  /** @param {{ t: string, ticket?: string, key?: string }} first */
  function open(first) {
    const mine = (socket = new WebSocket(address));
    admitted = false;
    mine.onopen = () => mine.send(JSON.stringify(first));
    mine.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      message.resumed = first.t === 'resume';
      if (message.t === 'admitted') {
        key = message.resume;
        lostAt = 0;
        admitted = true;
      }
      tell.message(message);
    };
    mine.onclose = ({ code }) => {
      if (socket !== mine || done) return;
      const why = ENDINGS[code];
      if (why === 'denied' && lostAt && key) return startAgain(); // the seat was kept no longer
      if (why) return finish(why);
      retry();
    };
  }

  function retry() {
    if (done) return;
    if (!lostAt) tell.lost();
    lostAt ||= Date.now();
    if (key && Date.now() - lostAt < RESUME_FOR) setTimeout(() => open({ t: 'resume', key }), PAUSE);
    else if (Date.now() - lostAt < 4 * RESUME_FOR) setTimeout(startAgain, 2 * PAUSE);
    else finish('unreachable');
  }

  // somebody who is still admitted gets a new ticket, everybody else waits again
  function startAgain() {
    key = '';
    enter();
  }

  enter();
  return {
    /** @param {object} message */
    send(message) {
      if (admitted && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    leave() {
      this.send({ t: 'leave' });
      finish('left');
      socket?.close(1000);
    },
    close() {
      done = true;
      socket?.close(1000);
    },
  };
}
