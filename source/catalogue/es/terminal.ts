// What is asked for on the terminal by commands.
export const terminal = {
	yes: 'sí',
	password: 'Contraseña: ',
	newPassword: 'Contraseña nueva: ',
	passwordAgain: 'La misma otra vez: ',
	passwordsDiffer: 'las contraseñas no coinciden: inténtalo otra vez',
	noPassword: 'la primera línea de la entrada estándar es la contraseña, y está vacía',
	nobodyToAsk: (variable: string) =>
		`no hay terminal en la que pedir la contraseña: define ${variable}, o usa --password-stdin`,
	cancelled: 'cancelado',
};
