using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Sdk.Rewriting;
using PachUp.Sdk.Rewriting.Rules;

namespace FreezePlugin;

/// <summary>The way from 1.8 to 1.9, as a list of rules.</summary>
public sealed class FreezeRoute : RewritingRoute
{
    public override ReleaseLine From { get; } = new(1, 8);

    public override ReleaseLine To { get; } = new(1, 9);

    public override Release AtLeast { get; } = new(1, 8, 7);

    protected override ImmutableArray<IRule> Rules { get; } =
    [
        new OutputRepos(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        new CommitProvenance(),
        new SpoutBranches(),
        new DerivedHeads(),
        new AtomInputs(),
        new ServiceTypes(),
        new RetiredFields(),
        new AllowedNames(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new Jobs(),
    ];
}
