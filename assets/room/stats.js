// What the browser tests may look at: numbers about every connection, never a picture or a sound.

/** @param {Map<string, import('./peers.js').Peer> | undefined} peers @param {unknown} code */
export async function stats(peers, code) {
  const people = await Promise.all([...(peers?.values() ?? [])].map(async ({ person, pc }) => {
    const report = await pc.getStats();
    const chosen = new Set();
    report.forEach((entry) => { if (entry.type === 'transport') chosen.add(entry.selectedCandidatePairId); });
    const row = { id: person.id, name: person.name, connection: pc.connectionState, framesDecoded: 0, bytesReceived: 0, bytesSent: 0, audioBytesReceived: 0, local: '', remote: '', protocol: '' };
    report.forEach((entry) => {
      if (entry.type === 'inbound-rtp' && entry.kind === 'video') row.framesDecoded = entry.framesDecoded ?? 0;
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') row.audioBytesReceived = entry.bytesReceived ?? 0;
      if (entry.type !== 'candidate-pair' || !(chosen.size ? chosen.has(entry.id) : entry.selected)) return; // Firefox has no transport
      row.bytesReceived = entry.bytesReceived ?? 0;
      row.bytesSent = entry.bytesSent ?? 0;
      const local = report.get(entry.localCandidateId);
      row.local = local?.candidateType ?? '';
      row.remote = report.get(entry.remoteCandidateId)?.candidateType ?? '';
      row.protocol = local?.relayProtocol ?? local?.protocol ?? '';
    });
    return row;
  }));
  return { peers: people, code: code && typeof code === 'object' ? structuredClone(code) : code };
}
