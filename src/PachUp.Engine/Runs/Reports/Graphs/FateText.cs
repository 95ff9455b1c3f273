namespace PachUp.Engine.Runs.Reports.Graphs;

/// <summary>The words and signs for what happened to a node. A sign tells it to readers who do not see colours.</summary>
internal static class FateText
{
    /// <summary>In words: <c>computed again</c>.</summary>
    public static string WordsOf(NodeFate fate) => fate switch
    {
        NodeFate.NotVerified => "not verified",
        NodeFate.Arrived => "arrived",
        NodeFate.Changed => "arrived, changed as announced",
        NodeFate.Recomputed => "computed again, as announced",
        NodeFate.LeftOut => "left out, as announced",
        NodeFate.Different => "different",
        _ => "lost",
    };

    /// <summary>As one sign.</summary>
    public static string SignOf(NodeFate fate) => fate switch
    {
        NodeFate.NotVerified => "?",
        NodeFate.Arrived => "=",
        NodeFate.Changed => "~",
        NodeFate.Recomputed => "+",
        NodeFate.LeftOut => "-",
        NodeFate.Different => "!",
        _ => "X",
    };
}
