// Whether somebody is there.
export const presence = {
	online: 'en línea',
	offline: 'sin conexión',
	unknown: 'estado desconocido',
};
