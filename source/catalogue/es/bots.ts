// What goes wrong with a bot. It follows `simchat: `.
export const bots = {
	noFile: (file: string) => `no existe el archivo ${file}`,
	noFunction: (file: string) => `${file} no es un bot: su export default debe ser una función`,
	failed: (file: string, error: string) => `el bot ${file} ha fallado: ${error}`,
	goesOn: (seconds: number) => `se pidió al bot que terminara, y a los ${seconds} s no lo ha hecho`,
};
