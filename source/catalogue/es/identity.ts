// verify and trust: whether a contact's key is the contact's.
export const identity = {
	warning: (NAME: string, name: string) => [
		`LA CLAVE DE ${NAME} HA CAMBIADO.`,
		`O bien ${name} tiene un dispositivo nuevo o empezó de cero, o bien otra persona responde con este nombre.`,
		`Este es el número de seguridad de la clave nueva. Compáralo con ${name} en persona o por teléfono, no en este chat.`,
	],
	askSame: (name: string) => `¿Ve ${name} el mismo número? Escribe sí: `,
	verified: (name: string) => `contacto verificado: ${name}`,
	notVerified: (name: string) =>
		`${name} no está verificado. Si los números no coinciden, puede que alguien intercepte: no confíes en esta clave.`,
	unchanged: (name: string) => `la clave de ${name} no ha cambiado: no hay nada que decidir`,
	askTrust: (name: string) => `¿Aceptar la clave nueva de ${name} sin comparar? Escribe sí: `,
	trusted: (name: string) => `la clave nueva de ${name} está aceptada, y sin verificar`,
	notTrusted: (name: string) =>
		`la clave nueva de ${name} no se aceptó: hasta entonces no se puede enviar nada a ${name}`,
	unknown: (name: string) => `aún no se sabe nada de la clave de ${name}: primero hay que intercambiar un mensaje`,
	noTerminal: 'no hay terminal en la que preguntar: cuando hayas comparado el número, añade --yes',
};
