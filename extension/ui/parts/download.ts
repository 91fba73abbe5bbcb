import { fromB64 } from '../../shared/bytes.ts';

/** Hands a file to the browser's own download, through an address that ends right after. */
export function download(fileName: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const downloadVaultFile = ({ fileName, file }: { fileName: string; file: string }): void =>
  download(fileName, fromB64(file), 'application/octet-stream');

const MIME = { csv: 'text/csv', json: 'application/json' } as const;

export const downloadReadable = (fileName: string, text: string, format: keyof typeof MIME): void => download(fileName, text, MIME[format]);
