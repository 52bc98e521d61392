// What --help says of the commands and options of simchat. Words in capitals, as NAME, are names of what one types: they stay as they are.
export const commands = {
	program: 'conversaciones privadas en la terminal, cifradas de extremo a extremo',
	alone:
		'abre la pantalla completa; LINK, del administrador de un servidor o de devices add, crea una cuenta o se une a la tuya',
	of: {
		'sign-up': 'crea una cuenta en el servidor de LINK; si lleva una invitación, ya trae el nombre',
		send: 'envía un mensaje; con - en lugar de TEXT se lee de la entrada estándar',
		tail: 'muestra los mensajes según llegan, hasta Ctrl-C',
		pipe: 'las líneas de la entrada estándar se envían como mensajes, y los de NAME salen como líneas',
		contacts: 'todos los contactos, y lo que está sin leer o sin entregar',
		devices:
			'tus dispositivos: list, add, remove DEVICE, rename DEVICE LABEL, role DEVICE keeper|device, accept; add da un enlace para otro más',
		doctor: 'qué se intentó para llegar al servidor y a los contactos, y qué hacer; con NAME busca una ruta hasta ahí',
		verify: 'muestra el número de seguridad, para compararlo con NAME por otro medio',
		trust: 'acepta una clave cambiada de NAME',
		search: 'busca en los mensajes, primero los más nuevos; cada palabra es el principio de una',
		export: 'todos los mensajes, primero los más antiguos',
		forget: 'borra una conversación de este disco para siempre',
		check: 'lee todo el historial y dice qué está dañado',
		keep: 'un dispositivo sin pantalla que recibe lo que llega mientras los demás están apagados; LINK lo añade a la cuenta, status pregunta al que está en marcha',
		backup: 'copia el perfil en una carpeta nueva',
		restore: 'hace de una copia así un perfil',
		recover:
			'te devuelve a tu cuenta con palabras de recuperación cuando se han perdido todos los dispositivos; con --make las crea',
		password:
			'cambia la contraseña, o adopta una que se cambió en otro dispositivo; con --password-stdin la nueva es la segunda línea',
		whoami: 'la cuenta de este perfil',
		demo: 'un servidor, un bot y tú en este equipo; sin terminal, una conversación y lo que se midió',
		completion: 'muestra lo que completa estos comandos en bash, zsh o fish',
	},
	options: {
		profile: (folder: string) => `dónde se guardan la cuenta y los mensajes; si no se indica, ${folder}`,
		name: 'de la cuenta',
		port: 'el puerto UDP de este perfil de aquí en adelante, para un router que se configura a mano',
		passwordStdin:
			'la primera línea de la entrada estándar es la contraseña; si no, se pide en la terminal o se toma de SIMCHAT_PASSWORD',
		wait: 'cuánto esperar hasta que un mensaje se entregue o se encuentre una ruta; si no se indica, 10',
		with: 'solo los mensajes con NAME',
		keeper: 'con devices add: para un dispositivo siempre encendido que no añade ninguno',
		limit: 'cuántos mensajes como máximo; si no se indica, 50',
		linear:
			'el modo de líneas, para lectores de pantalla y terminales sencillas; se usa solo si TERM no está definido o es dumb',
		make: 'crea palabras de recuperación y las muestra una vez',
		remove: 'quita para siempre las palabras de recuperación que escribas',
		text: 'líneas para leer, no JSON',
		out: 'en FILE, que solo tú puedes leer',
		force: 'reemplaza FILE si ya existe',
		json: 'un objeto JSON por línea; los tiempos son ms desde 1970',
		yes: 'no preguntar: los números ya se compararon, o se quiere borrar',
		hold: 'cuánto tiempo guarda lo que tienen tus demás dispositivos: all, until-fetched o un número de DAYS; si no se indica, until-fetched',
		maxSize: 'cuánto puede crecer su historial; lo que sobra no se acepta, y vuelve a llegar',
		strangers: 'acepta también mensajes de desconocidos; si no, solo los de contactos',
		passwordFile:
			'la primera línea de FILE es la contraseña; si no se indica, $CREDENTIALS_DIRECTORY/password, donde systemd la haya puesto',
	},
	notes: [
		'Los comandos también funcionan mientras la pantalla completa u otro comando tiene abierto el perfil: los ejecuta ese programa. No así sign-up, backup, restore y una segunda pantalla completa.',
	],
	exits: {
		0: 'hecho: un mensaje enviado está en el disco de quien lo recibe',
		64: 'uso incorrecto',
		65: 'entrada incorrecta',
		67: 'no existe ese nombre o esa cuenta',
		69: 'no es posible ahora',
		73: 'no se puede crear',
		74: 'un disco, o quien lee la salida, no admite más',
		75: 'aún no: se guarda, y se envía cuando simchat vuelva a ejecutarse; doctor: ahora no hay ruta',
		77: 'contraseña incorrecta o sin permiso',
		78: 'archivos dañados',
	},
	environment: {
		SIMCHAT_PASSWORD: 'la contraseña, para scripts',
		SIMCHAT_TRACE:
			'un archivo con una línea de JSON por cada datagrama descartado y por cada error del que no se avisó a nadie',
		NO_COLOR: 'si está definida, la pantalla no tiene colores',
		XDG_DATA_HOME: 'dónde está la carpeta del perfil, si no es ~/.local/share',
	},
	files: {
		vault: 'en la carpeta del perfil: tu clave de identidad y las de tus contactos, selladas con tu contraseña',
		'history.db': 'junto a él: mensajes y contactos, cifrados en conjunto',
		'settings.json': 'junto a él, sin cifrar: tu nombre, el servidor con su clave, y cómo quieres la pantalla',
	},
};
