namespace PachUp.Pachyderm;

/// <summary>
/// The generation of an operation: the releases of one line send their own, and all operations of a stream have the same. The
/// values are the field numbers in <c>admin.Op</c>.
/// </summary>
public enum OperationGeneration
{
    /// <summary>Not set: an operation that no known release sends.</summary>
    None = 0,

    /// <summary>Sent by 1.7 and by 1.8.0.</summary>
    V1_7 = 1,

    /// <summary>Sent by 1.8.1 to 1.8.8.</summary>
    V1_8 = 2,

    /// <summary>Sent by 1.9.</summary>
    V1_9 = 3,

    /// <summary>Sent by 1.10.</summary>
    V1_10 = 4,

    /// <summary>Sent by 1.11.</summary>
    V1_11 = 5,

    /// <summary>Sent by 1.12.</summary>
    V1_12 = 6,

    /// <summary>Sent by 1.13.</summary>
    V1_13 = 7,
}

/// <summary>Names of generations as pachd's messages spell them.</summary>
public static class OperationGenerations
{
    /// <summary>The line a generation is named after, such as <c>1.8</c>, which is how pachd names it in errors.</summary>
    public static string ToLineText(this OperationGeneration generation) =>
        generation.ToLine()?.ToString() ?? "unknown";

    /// <summary>The line a generation is named after; null for <see cref="OperationGeneration.None"/>.</summary>
    public static ReleaseLine? ToLine(this OperationGeneration generation) =>
        generation is OperationGeneration.None ? null : new ReleaseLine(1, (int)generation + 6);
}
