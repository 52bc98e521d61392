// What is asked for on the terminal by commands.
export const terminal = {
	yes: '是',
	password: '密码：',
	newPassword: '新密码：',
	passwordAgain: '再次输入：',
	passwordsDiffer: '两次输入的密码不一致，请重试',
	noPassword: '标准输入的第一行应为密码，但它是空的',
	nobodyToAsk: (variable: string) => `没有终端可供询问密码，请设置 ${variable}，或使用 --password-stdin`,
	cancelled: '已取消',
};
