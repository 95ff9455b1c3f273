using System.Text.Json;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The rules of the server for specs.</summary>
internal sealed partial class PipelineRules(PpsTraits traits, InputRules inputs)
{
    private const int LongestName = 63;

    private static readonly HashSet<string> ServiceTypes = ["ClusterIP", "LoadBalancer", "NodePort"];

    /// <summary>Checks a request before its parts are used.</summary>
    /// <exception cref="PachdError">The server refuses it.</exception>
    /// <exception cref="ServerCrash">A part is missing that the server uses without a check.</exception>
    public void Check(CreatePipelineRequest request)
    {
        if (!traits.ChecksRequests)
        {
            ServerCrash.IfNull(request.Pipeline);
            ServerCrash.IfNull(request.Transform);
            if (!traits.AllowsNoInput)
                ServerCrash.IfNull(request.Input);

            return;
        }

        Refuse(request.Pipeline is null, "invalid pipeline spec: request.Pipeline cannot be nil");
        Refuse(request.Pipeline!.Name.Length == 0, "invalid pipeline spec: request.Pipeline.Name cannot be empty");
        CheckName(request.Pipeline.Name);
        Refuse(request.TfJob is not null, "embedding TFJobs in pipelines is not supported yet");
        Refuse(request.Transform is null, "pipeline must specify a transform");
    }

    /// <summary>Checks a spec after its defaults were filled in.</summary>
    /// <exception cref="PachdError">The server refuses it.</exception>
    public void Check(PipelineInfo info)
    {
        CheckName(info.Pipeline.Name);
        Refuse(
            traits.NameRule == PipelineNameRule.LetterOrDigitFirst && !char.IsLetterOrDigit(info.Pipeline.Name[0]),
            "pipeline names must start with an alphanumeric character");
        inputs.Check(info.Input);
        CheckParallelism(info);
        CheckHashtreeSpec(info.HashtreeSpec);
        CheckCacheSize(info.CacheSize);
        CheckPodSettings(info);
        CheckService(info.Service);
        Refuse(
            info.ReprocessSpec is not ("" or "until_success" or "every_job"),
            "invalid pipeline spec: ReprocessSpec must be one of 'until_success' or 'every_job'");
        Refuse(info.Spout is not null && info.EnableStats, "spouts are not allowed to have a stats branch");
        Refuse(
            !traits.AllowsSpoutInputs && info is { Spout.Service: null, Spout: not null, Input: not null },
            "spout pipelines (without a service) must not have an input");
    }

    private void CheckName(string name)
    {
        switch (traits.NameRule)
        {
            case PipelineNameRule.KubernetesLabel:
                Refuse(
                    !LabelPattern().IsMatch(name),
                    "Invalid pipeline name: it must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                    + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345')");
                break;
            case PipelineNameRule.LetterOrDigitFirst:
                Refuse(
                    !AncestryPattern().IsMatch(name),
                    $"invalid pipeline name: name ({name}) invalid: only alphanumeric characters, underscores, and dashes are allowed");
                Refuse(name.Length > LongestName, $"pipeline name is {name.Length} characters long, but must have at most {LongestName}: \"{name}\"");
                break;
        }
    }

    private void CheckParallelism(PipelineInfo info)
    {
        if (info.ParallelismSpec is not { } spec)
            return;

        Refuse(
            spec.Coefficient < 0,
            traits.ChecksRequests ? "ParallelismSpec.Coefficient cannot be negative" : "ParallelismSpec.Coefficient must be > 0");
        Refuse(
            spec.Constant != 0 && spec.Coefficient != 0,
            "contradictory parallelism strategies: must set at most one of ParallelismSpec.Constant and ParallelismSpec.Coefficient");
        Refuse(info.Service is not null && spec.Constant != 1, "services can only be run with a constant parallelism of 1");
    }

    private void CheckHashtreeSpec(HashtreeSpec? spec) => Refuse(
        traits.ChecksPodSettings && spec is { Constant: 0 },
        (traits.ChecksRequests ? "invalid pipeline spec: " : "") + "HashtreeSpec.Constant must be > 0");

    private static void CheckCacheSize(string size)
    {
        if (Quantity.FindMistake(size) is { } mistake)
            throw new PachdError($"could not parse cacheSize '{size}': {mistake}");
    }

    private void CheckPodSettings(PipelineInfo info)
    {
        if (!traits.ChecksPodSettings)
            return;

        Refuse(!IsJsonOrEmpty(info.PodSpec), "malformed PodSpec");
        Refuse(!IsJsonOrEmpty(info.PodPatch), "malformed PodPatch");
    }

    private void CheckService(Service? service) => Refuse(
        traits.HasServiceTypes && service is not null && !ServiceTypes.Contains(service.Type),
        $"the following service type {service?.Type} is not allowed");

    private static bool IsJsonOrEmpty(string text)
    {
        try
        {
            using var document = text.Length == 0 ? null : JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Refuse(bool isRefused, string why)
    {
        if (isRefused)
            throw new PachdError(why);
    }

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")]
    private static partial Regex LabelPattern();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex AncestryPattern();
}
