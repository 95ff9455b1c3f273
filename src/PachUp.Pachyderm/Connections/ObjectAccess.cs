namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Whether a connection reaches the objects of a cluster. In production pachd serves <c>pfs.ObjectAPI</c> on its peer port alone, so this is
/// found out for each connection and never assumed.
/// </summary>
/// <param name="Kind">Through which port the object API answers.</param>
/// <param name="Detail">Which peer port it is, or why there is none; empty for the public port.</param>
public sealed record ObjectAccess(ObjectAccessKind Kind, string Detail = "")
{
    /// <summary>Whether objects and tags can be listed and asked for.</summary>
    public bool IsThere => Kind != ObjectAccessKind.None;

    /// <summary>In words: <c>open</c>, <c>closed on the public port, reached through the peer port 10.0.0.7:653</c>, <c>closed (no peer port given)</c>.</summary>
    public override string ToString() => Kind switch
    {
        ObjectAccessKind.Open => "open",
        ObjectAccessKind.Peer => $"closed on the public port, reached through {Detail}",
        _ => $"closed ({Detail})",
    };
}

/// <summary>Through which port the object API answers.</summary>
public enum ObjectAccessKind
{
    /// <summary>Through none: the public port keeps it closed, and no peer port leads to it.</summary>
    None,

    /// <summary>Through the public port.</summary>
    Open,

    /// <summary>Through the peer port.</summary>
    Peer,
}
