export { createMessageConnection } from 'vscode-jsonrpc/node';
