export { createMessageConnection } from 'vscode-jsonrpc/browser';
