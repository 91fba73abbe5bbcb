export function withPalette(png: Buffer): Buffer;
export function decode(png: Buffer): { width: number; height: number; points: Uint32Array };
