// What a newcomer is told: sentences.
export const firstMinutes = {
	nobody: [
		'Aún no hay nadie en tu lista.',
		'/add NOMBRE añade a alguien, por el nombre de su cuenta.',
		'/who muestra los nombres que conoce el servidor.',
		'F1 muestra todas las teclas y comandos; Ctrl-C dos veces, salir.',
	] as readonly string[],
	nothingYet: (name: string): readonly string[] => [
		`Aún no hay mensajes con ${name}.`,
		`Escribe un mensaje y pulsa Enter: le llega cifrado a ${name}.`,
		`/verify muestra un número para comparar: ¿es de verdad ${name}?`,
		'F1 muestra todas las teclas y comandos; Ctrl-C dos veces, salir.',
	],
	tip: 'Consejo',
	message: (name: string) =>
		`✓ significa enviado, ✓✓ guardado en el equipo de ${name}, y ✓R leído. ◷ espera hasta que haya conexión en ambos lados. Esc oculta esto.`,
	unverified: (name: string) =>
		`No has verificado a ${name}: hasta entonces te fías del servidor sobre quién es ${name}. /verify muestra un número para comparar. Esc oculta esto.`,
	stranger: (name: string) =>
		`Te ha escrito alguien que no conoces, ${name}: es el + de la izquierda. No sabe nada de ti hasta que uses /accept, /block o /remove. Esc oculta esto.`,
};
