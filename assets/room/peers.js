// The mesh: one encrypted, relayed connection to every other person in the room, kept alive through bad networks.

// upload for one copy of the picture in bit/s, by number of other people: every person costs one more copy
const BUDGET = [1_200_000, 1_200_000, 700_000, 500_000, 400_000, 300_000];
const GRACE = 4000; // a connection that hiccups often comes back by itself

/**
 * @typedef {{ id: string, name: string, seat: 'moderator' | 'participant' }} Person
 * @typedef {{ person: Person, pc: RTCPeerConnection, stream: MediaStream, polite: boolean, making: boolean, ignoring: boolean, worry?: ReturnType<typeof setTimeout> }} Peer
 * @param {{ self: string, ice: any, certificate: RTCCertificate, media: { audio: MediaStreamTrack | null, video: MediaStreamTrack | null, screen: boolean },
 *   send: (message: object) => void, changed: (peer: Peer) => void }} room
 */
export function mesh(room) {
  /** @type {Map<string, Peer>} */
  const peers = new Map();

  /** @param {Person} person @param {boolean} offers the newcomer offers, the others answer */
  function add(person, offers) {
    remove(person.id);
    const pc = new RTCPeerConnection({ iceServers: room.ice.servers, iceTransportPolicy: room.ice.policy, bundlePolicy: 'max-bundle', certificates: [room.certificate] });
    const peer = { person, pc, stream: new MediaStream(), polite: room.self < person.id, making: false, ignoring: false };
    peers.set(person.id, peer);
    pc.ontrack = ({ track }) => {
      for (const old of peer.stream.getTracks()) if (old.kind === track.kind) peer.stream.removeTrack(old);
      peer.stream.addTrack(track);
      room.changed(peer);
    };
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      const { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } = candidate; // nothing else is in the protocol
      room.send({ t: 'signal', to: person.id, d: { cand: { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } } });
    };
    pc.onconnectionstatechange = () => connection(peer);
    pc.onnegotiationneeded = () => offer(peer);
    if (offers) addLines(pc);
    attach(peer);
    tune();
    return peer;
  }

  /** One line for sound and one for the picture, filled or not: switching a camera on later needs no new offer. @param {RTCPeerConnection} pc */
  function addLines(pc) {
    for (const kind of ['audio', 'video']) pc.addTransceiver(kind, { direction: 'sendrecv' });
  }

  /** @param {Peer} peer */
  function connection(peer) {
    clearTimeout(peer.worry);
    const { connectionState } = peer.pc;
    if (connectionState === 'connected') tune();
    if (connectionState === 'failed') peer.pc.restartIce();
    if (connectionState === 'disconnected' && !peer.polite) peer.worry = setTimeout(() => peer.pc.restartIce(), GRACE);
    room.changed(peer);
  }

  /** @param {Peer} peer @param {RTCOfferOptions} [options] */
  async function offer(peer, options) {
    const { pc } = peer;
    try {
      peer.making = true;
      await (options ? pc.setLocalDescription(await pc.createOffer(options)) : pc.setLocalDescription());
      describe(peer);
    } catch (error) {
      if (pc.signalingState !== 'closed') console.warn('offer', error);
    } finally {
      peer.making = false;
    }
  }

  /** @param {Peer} peer */
  function describe({ pc, person }) {
    const { type, sdp } = /** @type {RTCSessionDescription} */ (pc.localDescription);
    room.send({ t: 'signal', to: person.id, d: { desc: { type, sdp } } });
  }

  /** Perfect negotiation (W3C webrtc, section 10.7). @param {string} from @param {{ desc?: RTCSessionDescriptionInit, cand?: RTCIceCandidateInit }} signal */
  async function receive(from, { desc, cand }) {
    const peer = peers.get(from);
    if (!peer) return;
    const { pc } = peer;
    try {
      if (desc) {
        const collision = desc.type === 'offer' && (peer.making || pc.signalingState !== 'stable');
        peer.ignoring = !peer.polite && collision;
        if (peer.ignoring || (desc.type === 'answer' && pc.signalingState !== 'have-local-offer')) return;
        await pc.setRemoteDescription(desc);
        if (desc.type !== 'offer') return;
        // lines of an own offer that was rolled back: the other side's lines take their place
        for (const line of pc.getTransceivers()) if (line.mid === null) line.stop();
        attach(peer);
        await pc.setLocalDescription();
        describe(peer);
      } else if (cand) {
        await pc.addIceCandidate(cand);
      }
    } catch (error) {
      if (!peer.ignoring && pc.signalingState !== 'closed') console.warn('signal', error);
    }
  }

  /** Puts one's own picture and sound on a connection; no track means silence or no picture. @param {Peer} peer */
  function attach(peer) {
    for (const kind of /** @type {const} */ (['audio', 'video'])) {
      const line = peer.pc.getTransceivers().find(({ receiver, direction }) => receiver.track.kind === kind && direction !== 'stopped');
      if (!line) continue;
      line.direction = 'sendrecv';
      if (line.sender.track !== room.media[kind]) line.sender.replaceTrack(room.media[kind]).then(tune, () => {});
    }
  }

  function attachAll() {
    for (const peer of peers.values()) attach(peer);
  }

  function tune() {
    const others = Math.max(peers.size, 1);
    for (const { pc } of peers.values()) {
      for (const sender of pc.getSenders()) {
        if (sender.track?.kind !== 'video') continue;
        const parameters = sender.getParameters();
        const [encoding] = parameters.encodings ?? [];
        if (!encoding) continue;
        encoding.maxBitrate = BUDGET[Math.min(others, BUDGET.length - 1)];
        encoding.scaleResolutionDownBy = others >= 3 && !room.media.screen ? 2 : 1;
        sender.setParameters(parameters).catch(() => {});
      }
    }
  }

  /** @param {string} id */
  function remove(id) {
    const peer = peers.get(id);
    if (!peer) return;
    clearTimeout(peer.worry);
    peer.pc.onconnectionstatechange = peer.pc.onnegotiationneeded = peer.pc.onicecandidate = peer.pc.ontrack = null;
    peer.pc.close();
    peers.delete(id);
    tune();
  }

  return {
    peers, add, receive, remove, attachAll,
    /** Whoever came back may have missed an offer: make a new one. @param {string} id */
    renew(id) {
      const peer = peers.get(id);
      if (!peer) return;
      if (peer.pc.getTransceivers().length) offer(peer, { iceRestart: true });
      else {
        addLines(peer.pc);
        attach(peer);
      }
    },
    close() {
      for (const id of [...peers.keys()]) remove(id);
    },
  };
}
