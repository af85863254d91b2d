package extract

import (
	"strings"
	"testing"

	"jobmarket/warehouse/schema"
)

// TestRemark tells comments of a thread that are no ads, by the first words of the
// reason, from ads that are written like them.
func TestRemark(t *testing.T) {
	x := rustExtractor(t)
	for _, c := range []struct{ company, text, why string }{
		{"", "Location: Leeds\nRemote: yes\nWilling to relocate: no\nTechnologies: brooms\nRésumé/CV: on request", "somebody looks for work"},
		{"", "o~~o~~o\nSEEKING WORK - broom designer, remote\nI have swept for many and can show much of it. I would like to sweep for you too, write to me.", "somebody looks for work"},
		{"", "Looking for a full-time onsite position in broom making.", "somebody looks for work"},
		{"", "I have 3 years of experience in sweeping. Looking for a sweeping position, willing to move anywhere at all.", "somebody looks for work"},
		{"", "Is anyone amenable to hiring a whole team of sweepers, rather than one?\nWrite to me at broom@otter.example", "somebody looks for work"},
		{"", "> We sweep in the night\nThat sounds awful, considering that there is no word of what you pay for it and that nobody can sleep.", "it answers somebody"},
		{"", "Interviewed here a few years ago and wouldn't recommend it. They wanted one way to hold a broom and became defensive when I showed them another.", "it tells of an employer"},
		{"", "I made a better search and filtering engine for what stands here, you can find it at https://brooms.example and tell me what you think of it.", "it is about the thread"},
		{"", "https://broomsort.example takes all the submissions, sorts them by the kind of broom, and has a map on which one can see them all at once.", "it is about the thread"},
		{"", "Hello all, an ethical hacker helped me to hack into the phone of my neighbour, write to him if you need the same, he is quick and cheap.", "it offers fraud"},
		{"", "These brooms are bad and have nothing to do with birch. They were bought by others, who moved the making of them away, and still say that they are of birch, which is a shame and should be forbidden. Birch is light, it bends, and it lasts for years, as anybody knows who has ever swept a yard in the autumn, when the leaves are wet and the days are short and one is glad of every broom that does not break.", "it has nothing of an ad"},
		{"", "Anyone who interviewed me knows: we are hiring sweepers in Leeds. Write to jobs@fenwick.example with a picture of your broom.", ""},
		{"Fenwick", "Fenwick is looking for a sweeper.\nLocation: Leeds\nRelocation: paid\nTechnologies: brooms\nWrite to ada@fenwick.example.", ""},
		{"", "Leeds, ONSITE. Birch, brooms, and a view of the river. Four days a week, and we share what we earn among all who work here. See you soon. Birch is light, it bends, and it lasts for years, as anybody knows who has ever swept a yard in the autumn, when the leaves are wet and the days are short and one is glad of every broom that does not break.", ""},
		{"", "We make brooms that fly, there are six of us, and money is there. Looking to add someone who can sweep. Birch is what we use, write to ada@fenwick.example. Birch is light, it bends, and it lasts for years, as anybody knows who has ever swept a yard in the autumn, when the leaves are wet and the days are short and one is glad of every broom that does not break.", ""},
	} {
		p := &schema.Posting{Source: "hn", Key: "1", Company: c.company, Text: c.text}
		l := label(t, x, p)
		if c.why == "" != l.IsJob || !strings.HasPrefix(l.IsJobReason, c.why) {
			t.Errorf("%q: %v, %s; want %q", c.text, l.IsJob, l.IsJobReason, c.why)
		}
	}
}
