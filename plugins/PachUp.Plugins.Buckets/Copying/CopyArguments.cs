using PachUp.Plugins.Buckets.Locations;

namespace PachUp.Plugins.Buckets.Copying;

/// <summary>What <c>bucket/copy</c> takes.</summary>
public sealed record CopyArguments : BucketArguments
{
    /// <summary>
    /// When the passes end: when one copies less than a share of all (<c>1%</c>), or takes less than a time (<c>30s</c>), or after a number of passes
    /// (<c>1</c>).
    /// </summary>
    public string Until { get; init; } = "1%";

    /// <summary>How many passes to make if the limit is not reached; 1 to 100.</summary>
    public int Passes { get; init; } = 10;

    /// <summary>How many objects are copied at the same time; 1 to 256.</summary>
    public int Transfers { get; init; } = 16;

    /// <summary>The most that is copied in a second: <c>50M</c> for 50 MB. Empty for no limit.</summary>
    public string Bandwidth { get; init; } = "";
}
