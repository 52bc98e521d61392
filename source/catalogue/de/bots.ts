// What goes wrong with a bot. It follows `simchat: `.
export const bots = {
	noFile: (file: string) => `die Datei ${file} gibt es nicht`,
	noFunction: (file: string) => `${file} ist kein Bot: der Default-Export muss eine Funktion sein`,
	failed: (file: string, error: string) => `der Bot ${file} ist gescheitert: ${error}`,
	goesOn: (seconds: number) => `der Bot sollte enden und ist es nach ${seconds} s nicht`,
};
