// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: '路径诊断',
	hint: '↑ ↓ 滚动 · Esc 关闭',
	dropped: '已丢弃',
	noStep: '无，一切正常',
	nothingDropped: '启动以来没有',
};
