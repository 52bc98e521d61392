// Whether somebody is there.
export const presence = {
	online: 'en línea',
	offline: 'sin conexión',
	keeper: 'hay un guardián',
	unknown: 'estado desconocido',
};
