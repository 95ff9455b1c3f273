using System.Text.RegularExpressions;

namespace PachUp.Engine.Plans.Reading;

/// <summary>The keys and fixed values of the plan format.</summary>
internal static partial class PlanKeys
{
    public const string ApiVersion = "apiVersion";
    public const string Kind = "kind";
    public const string Name = "name";
    public const string Description = "description";
    public const string From = "from";
    public const string To = "to";
    public const string Parameters = "parameters";
    public const string Clusters = "clusters";
    public const string Requires = "requires";
    public const string Steps = "steps";
    public const string InPlace = "inPlace";

    public const string Line = "line";
    public const string AtLeast = "atLeast";
    public const string Backup = "backup";
    public const string Release = "release";
    public const string Default = "default";
    public const string Secret = "secret";
    public const string Source = "source";
    public const string Target = "target";
    public const string Address = "address";
    public const string Peer = "peer";
    public const string Platform = "platform";
    public const string Id = "id";
    public const string Uses = "uses";
    public const string With = "with";
    public const string Plugins = "plugins";
    public const string Version = "version";
    public const string Sha256 = "sha256";
    public const string OnFailure = "onFailure";

    public const string CurrentApiVersion = "pachup/v1";
    public const string AnyLine = "any";
    public const string LatestRelease = "latest";

    public const string NamePattern = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";
    public const string StepIdPattern = "^[a-z][a-z0-9-]*$";
    public const string Sha256Pattern = "^[0-9a-f]{64}$";
    public const string ParameterNamePattern = "^[A-Za-z][A-Za-z0-9_-]*$";

    public static readonly string[] OfPlan = [ApiVersion, Kind, Name, Description, From, To, Parameters, Requires, InPlace, Clusters, Steps];
    public static readonly string[] OfStep = [Id, Uses, With, OnFailure];

    [GeneratedRegex(NamePattern)]
    public static partial Regex ValidName();

    [GeneratedRegex(StepIdPattern)]
    public static partial Regex ValidStepId();

    [GeneratedRegex(ParameterNamePattern)]
    public static partial Regex ValidParameterName();

    [GeneratedRegex(Sha256Pattern)]
    public static partial Regex ValidSha256();
}
