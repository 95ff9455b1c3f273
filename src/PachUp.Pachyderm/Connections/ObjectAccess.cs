namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Whether a connection can access the objects of a cluster. In production, pachd serves <c>pfs.ObjectAPI</c> only on its peer port, so PachUp tests
/// every connection.
/// </summary>
/// <param name="Kind">The port that serves the object API.</param>
/// <param name="Detail">The peer port, or the reason why there is none; empty for the public port.</param>
public sealed record ObjectAccess(ObjectAccessKind Kind, string Detail = "")
{
    /// <summary>Whether objects and tags can be listed and read.</summary>
    public bool IsThere => Kind != ObjectAccessKind.None;

    /// <summary>As text: <c>open</c>, <c>closed on the public port, reached through the peer port 10.0.0.7:653</c>, <c>closed (no peer port given)</c>.</summary>
    public override string ToString() => Kind switch
    {
        ObjectAccessKind.Open => "open",
        ObjectAccessKind.Peer => $"closed on the public port, reached through {Detail}",
        _ => $"closed ({Detail})",
    };
}

/// <summary>The port that serves the object API.</summary>
public enum ObjectAccessKind
{
    /// <summary>None: the public port does not serve it, and there is no peer port.</summary>
    None,

    /// <summary>The public port.</summary>
    Open,

    /// <summary>The peer port.</summary>
    Peer,
}
