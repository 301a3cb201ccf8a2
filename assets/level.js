// Measures how loud a sound is, from 0 to 1, without keeping any of it.

/** @type {AudioContext | undefined} */
let context;

/** @param {MediaStreamTrack} track @returns {{ read: () => number, stop: () => void }} */
export function listen(track) {
  context ??= new AudioContext();
  context.resume();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    stop: () => source.disconnect(),
  };
}
