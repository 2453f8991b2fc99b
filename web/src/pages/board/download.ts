// Lets the browser save what an address answers. Knows no formats.

/** `name`: what the file is called where the answer does not say it. */
export function download(address: string, name = ""): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
