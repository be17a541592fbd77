/** What an action has the browser save: the name of the file and its text. */
export async function downloaded(action: () => void): Promise<{ name: string; type: string; text: string }> {
  const made: Blob[] = [];
  URL.createObjectURL = (blob) => `blob:${made.push(blob as Blob)}`;
  URL.revokeObjectURL = () => undefined;
  const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  action();
  const [link] = click.mock.contexts as HTMLAnchorElement[];
  click.mockRestore();
  const [file] = made;
  if (!file || !link) throw new Error('Nothing was saved.');
  const text = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(file);
  });
  return { name: link.download, type: file.type, text };
}
