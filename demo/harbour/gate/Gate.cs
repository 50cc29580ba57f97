namespace SkerryLine.Harbour;

public sealed class Gate
{
    public string Greet(string name) => $"Moin, {name}!";
}
