// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: 'Verbindungsdiagnose',
	hint: '↑ ↓ scrollen · Esc schließt',
	dropped: 'verworfen',
	noStep: 'nichts: alles in Ordnung',
	nothingDropped: 'nichts seit dem Start',
};
