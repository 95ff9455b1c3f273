namespace PachUp.Testing.Disks;

/// <summary>Chooses what survives a power cut of everything that was not flushed.</summary>
internal sealed class Survival
{
    private readonly Random _random;
    private readonly string _name;

    private Survival(string name, int seed) => (_name, _random) = (name, new Random(seed));

    /// <summary>The number of different choices for one power cut.</summary>
    public const int Choices = 6;

    private const string Nothing = "nothing";
    private const string Everything = "everything";
    private const string Names = "names without content";
    private const string Content = "content without names";

    /// <summary>Everything survives, as after the kill of a process.</summary>
    public static Survival All { get; } = new(Everything, seed: 0);

    /// <summary>One of the choices: the extremes, and random ones with a seed.</summary>
    public static Survival Of(int choice, int seed) => new(
        choice switch { 0 => Nothing, 1 => Everything, 2 => Names, 3 => Content, _ => $"a random part (seed {seed})" }, seed);

    /// <summary>Whether a name that was given or taken away is on disk.</summary>
    public bool KeepsName() => _name switch { Nothing or Content => false, Everything or Names => true, _ => _random.Next(2) == 0 };

    /// <summary>The content of a file.</summary>
    public byte[] ContentOf(FileNode file) => file.Pending.Aggregate(file.Durable, (content, change) => _name switch
    {
        Nothing => content,
        Everything or Content => change.MakeIn(content),
        Names => (change with { Bytes = new byte[change.Bytes.Length] }).MakeIn(content),
        _ => RandomPartOf(change)?.MakeIn(content) ?? content,
    });

    /// <inheritdoc/>
    public override string ToString() => _name;

    /// <summary>All of the change, none, its beginning, or zeros in its place.</summary>
    private ContentChange? RandomPartOf(ContentChange change) => _random.Next(4) switch
    {
        0 => change,
        1 => null,
        2 => change with { Bytes = change.Bytes[.._random.Next(change.Bytes.Length + 1)] },
        _ => change with { Bytes = new byte[change.Bytes.Length] },
    };
}
