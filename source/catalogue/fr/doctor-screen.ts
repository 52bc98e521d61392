// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: 'Diagnostic de connexion',
	hint: '↑ ↓ défiler · Esc ferme',
	dropped: 'rejeté',
	noStep: 'rien : tout va bien',
	nothingDropped: 'rien depuis le démarrage',
};
