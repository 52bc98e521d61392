// The safety number, to be compared by two people.
export const verify = {
	title: (name: string) => `Número de seguridad con ${name}`,
	hint: '↑ ↓ elegir · Enter · Esc cierra',
	escCloses: 'Esc cierra',
	noNumber: (name: string) => `No hay número de seguridad antes del primer mensaje: primero escribe a ${name}.`,
	notYet: 'Aún sin comparar',
	match: 'Coinciden: marcar la clave como verificada',
	tooSmall: 'Agranda la ventana para responder.',
	advice: (name: string) =>
		`Léeselo a ${name} en persona o por teléfono, o pide que te lea el suyo. Si coincide, nadie está interceptando. Si no coincide, puede que alguien intercepte. En ese caso no escribas aquí.`,
	adviceWithCode: (name: string) =>
		`Léeselo a ${name} en persona o por teléfono, pide que te lea el suyo, o escanea el código de su pantalla. Si coincide, nadie está interceptando. Si no coincide, puede que alguien intercepte. En ese caso no escribas aquí.`,
};
