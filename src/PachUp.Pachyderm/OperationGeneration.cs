namespace PachUp.Pachyderm;

/// <summary>
/// The generation of an operation. Each line of releases has its own generation, and all operations of a stream have the same generation. The values
/// are the field numbers in <c>admin.Op</c>.
/// </summary>
public enum OperationGeneration
{
    /// <summary>Not set. No known release sends such an operation.</summary>
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

/// <summary>The names of generations.</summary>
public static class OperationGenerations
{
    /// <summary>The line of a generation, such as <c>1.8</c>. Errors of pachd use the same name.</summary>
    public static string ToLineText(this OperationGeneration generation) =>
        generation.ToLine()?.ToString() ?? "unknown";

    /// <summary>The line of a generation; null for <see cref="OperationGeneration.None"/>.</summary>
    public static ReleaseLine? ToLine(this OperationGeneration generation) =>
        generation is OperationGeneration.None ? null : new ReleaseLine(1, (int)generation + 6);
}
