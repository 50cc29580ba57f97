const commands: Record<string, string> = {
  login: 'come aboard',
  ship: 'deploy what is on main',
  why: 'find out why it did not ship',
};

for (const [name, help] of Object.entries(commands)) console.log(`skerry ${name.padEnd(6)} ${help}`);
