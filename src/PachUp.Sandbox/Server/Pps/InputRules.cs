using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The rules of the server for inputs of a spec.</summary>
internal sealed class InputRules(PpsTraits traits, Repos repos)
{
    private const string OutputName = "out";

    /// <summary>Checks the inputs of a spec after its defaults were filled in. No inputs are accepted.</summary>
    /// <exception cref="PachdError">The server refuses them.</exception>
    public void Check(Input? input)
    {
        CheckNames(input, []);
        foreach (var part in PipelineInputs.All(input))
        {
            CheckPart(part);
        }
    }

    // The parts of a union are never read together, so they may have the same name. Other inputs must have different names.
    private static void CheckNames(Input? input, HashSet<string> taken)
    {
        switch (input)
        {
            case { Union.Count: > 0 }:
                var before = taken.ToHashSet();
                foreach (var part in input.Union)
                {
                    var takenHere = before.ToHashSet();
                    CheckNames(part, takenHere);
                    taken.UnionWith(takenHere);
                }

                break;
            case not null when NameOf(input) is { } name:
                if (!taken.Add(name))
                    throw new PachdError($"name \"{name}\" was used more than once");

                break;
            case not null:
                foreach (var part in input.Cross.Concat(input.Join).Concat(input.Group))
                {
                    CheckNames(part, taken);
                }

                break;
        }
    }

    private static string? NameOf(Input input) => input.Pfs?.Name ?? input.Atom?.Name ?? input.Cron?.Name ?? input.Git?.Name;

    private void CheckPart(Input input)
    {
        if (input.Pfs is { } pfs)
        {
            CheckSource(pfs.Name, pfs.Repo, pfs.Branch, pfs.Glob);
            if (pfs.S3 && pfs.Glob != "/")
            {
                throw new PachdError(
                    "inputs that set 's3' to 'true' must also set 'glob', to \"/\", as the S3 gateway is only able to expose data at the commit level");
            }
        }

        if (input.Atom is { } atom && traits.HasAtomInputs)
            CheckSource(atom.Name, atom.Repo, atom.Branch, atom.Glob);

        if (KindsOf(input) is var kinds && kinds != 1)
            throw new PachdError(kinds == 0 ? "no input set" : "multiple input types set");

        if (input.Cron is { } cron && CronSpec.FindMistake(cron.Spec) is { } mistake)
            throw new PachdError($"error parsing cron-spec: {mistake}");

        if (input.Git is { } git)
            CheckUrl(git.Url);
    }

    private void CheckSource(string name, string repo, string branch, string glob)
    {
        var mistake = (name, repo, branch, glob) switch
        {
            ("", _, _, _) => "input must specify a name",
            (OutputName, _, _, _) => "input cannot be named \"out\", as pachyderm already creates /pfs/out to collect job output",
            (_, "", _, _) => "input must specify a repo",
            (_, _, "", _) => "input must specify a branch",
            (_, _, _, "") => "input must specify a glob",
            _ => null,
        };
        if (mistake is not null)
            throw new PachdError(mistake);

        repos.Inspect(Refs.Repo(repo));
    }

    private int KindsOf(Input input) =>
        new[]
        {
            input.Pfs is not null, input.Atom is not null, input.Cron is not null, input.Git is not null,
            input.Cross.Count > 0, input.Union.Count > 0, input.Join.Count > 0, traits.HasGroups && input.Group.Count > 0,
        }
        .Count(isSet => isSet);

    private static void CheckUrl(string url)
    {
        if (url.Length == 0)
            throw new PachdError("clone URL is missing (example clone URL https://github.com/pachyderm/pachyderm.git)");

        if (!url.EndsWith(".git", StringComparison.Ordinal))
            throw new PachdError("clone URL is missing .git suffix (example clone URL https://github.com/pachyderm/pachyderm.git)");
    }
}
