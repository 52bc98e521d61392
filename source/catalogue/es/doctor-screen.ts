// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: 'Diagnóstico de conexión',
	hint: '↑ ↓ desplazar · Esc cierra',
	dropped: 'descartado',
	noStep: 'nada: todo va bien',
	nothingDropped: 'nada desde el inicio',
};
